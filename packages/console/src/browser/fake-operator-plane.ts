import type { Release, ReleaseDetail, ReleaseWave } from '@granary/api';
import type { FakeOperations } from '@granary/browser';
import { ACTOR, AT, GOOD, operatorAnswers, PLACES, RUN_ID } from './operator-answers';

const BAD = 'b'.repeat(40);

type Halt = NonNullable<Release['halt']>;

export const HALT: Halt = {
  wave: 'canary',
  gate: 'canary',
  deploymentId: 'acme',
  reason: 'deployment "acme": 3 of 3 requests of the canary failed: POST /products answered 500',
  at: AT,
  failed: [],
  rolledBack: [{ deploymentId: 'acme', from: BAD, to: GOOD, result: 'succeeded' }],
  rolledBackTotal: 1,
};

/** The operators' side of a platform in memory: everything is there, and a release that goes as it is told. */
export class FakeOperatorPlane {
  private release: Release = {
    runId: RUN_ID,
    kind: 'release',
    release: BAD,
    status: 'running',
    startedAt: AT,
  };
  private rollback: Release | undefined;
  private canary: Partial<ReleaseWave> = {
    status: 'baking',
    deployments: [{ deploymentId: 'acme', state: 'deployed' }],
  };

  /** The canary's gate has seen enough. */
  haltAtCanary(): void {
    this.release = { ...this.release, status: 'halted', halt: HALT, endedAt: AT };
    this.canary = {
      status: 'rolled-back',
      lastVerdict: 'halt: the canary fails',
      deployments: [{ deploymentId: 'acme', state: 'rolled-back' }],
    };
  }

  get operations(): FakeOperations {
    return { ...operatorAnswers(), ...this.ofReleases() };
  }

  private ofReleases(): FakeOperations {
    return {
      listReleases: () => ({ items: [...(this.rollback ? [this.rollback] : []), this.release] }),
      getRelease: ({ params }) => this.detail(String(params.runId)),
      getReleasePlan: () => ({
        release: BAD,
        before: GOOD,
        engine: 'distributed',
        waves: [{ name: 'canary', deployments: 1, bakeMinutes: 10, minimumSamples: 3, approval: false }],
        changes: [{ deploymentId: 'acme', change: 'template', from: GOOD, to: BAD }],
        changesTotal: 1,
      }),
      haltRelease: ({ body }) => {
        const { reason } = body as { readonly reason: string };
        this.release = { ...this.release, haltOrdered: { by: ACTOR.userName, reason, at: AT } };
        return this.release;
      },
      resumeRelease: () => {
        const { halt: _, endedAt: __, ...rest } = this.release;
        this.release = { ...rest, status: 'running' };
        this.canary = {
          status: 'deploying',
          attempt: 2,
          deployments: [{ deploymentId: 'acme', state: 'deploying' }],
        };
        return this.release;
      },
      abandonRelease: ({ body }) => {
        const { reason } = body as { readonly reason: string };
        this.release = { ...this.release, status: 'abandoned', ended: { by: ACTOR.userName, reason } };
        return this.release;
      },
      rollBack: ({ body }) => {
        const { target, id, reason } = body as { target: 'wave'; id?: string; reason: string };
        const about = { target, reason, by: ACTOR.userName, ...(id === undefined ? {} : { id }) };
        const runId = 'rollback-0001';
        this.release = { ...this.release, status: 'superseded' };
        this.rollback = {
          runId,
          kind: 'rollback',
          release: runId,
          status: 'running',
          startedAt: AT,
          rollback: about,
        };
        return {
          release: this.rollback,
          changes: [{ deploymentId: 'acme', wave: 'canary', from: BAD, to: GOOD }],
          kept: [],
        };
      },
      listApprovals: () => ({ items: [{ stage: 'Wave-everyone', action: 'Approve', runId: RUN_ID }] }),
      decideApproval: ({ body }) => body,
      listOverrides: () => ({
        items: [{ overrideId: 'o-1', reason: 'a fix', by: ACTOR.userName, createdAt: AT, expiresAt: AT }],
      }),
      getFleet: () => ({
        items: PLACES.map(([deploymentId]) => ({ ...version(deploymentId, GOOD), state: 'current' })),
        latest: GOOD,
      }),
      listVersions: ({ params }) => ({ items: [version(String(params.deploymentId), GOOD)] }),
      inspectDeployment: ({ params }) => ({ ...params, release: GOOD, changes: ['Bucket: modified'] }),
      listOrphans: () => ({
        items: [
          {
            stackName: 'granary-old',
            account: '222222222222',
            region: 'us-east-1',
            status: 'CREATE_COMPLETE',
            kind: 'silo',
          },
        ],
      }),
    };
  }

  private detail(runId: string): ReleaseDetail {
    const wave = (name: string, index: number, more: Partial<ReleaseWave>): ReleaseWave => ({
      ...{
        name,
        index,
        status: 'waiting',
        size: 1,
        attempt: 1,
        looks: 0,
        samples: 0,
        minimumSamples: 3,
        watch: {},
      },
      deployments: [{ deploymentId: name === 'canary' ? 'acme' : 'globex', state: 'waiting' }],
      ...more,
    });
    const bakeEndsAt = new Date(Date.now() + 600_000).toISOString();
    if (this.rollback?.runId === runId)
      return { ...this.rollback, waves: [wave('canary', 0, { status: 'deploying' })] };
    return {
      ...this.release,
      notes: 'Count what the catalogue holds',
      waves: [
        wave('canary', 0, {
          ...{ startedAt: new Date(Date.now() - 60_000).toISOString(), bakeEndsAt, looks: 2, samples: 1 },
          watch: { acme: { requests: 3, failed: 3, missed: 0, red: [] } },
          ...this.canary,
        }),
        wave('everyone', 1, {}),
      ],
    };
  }
}

function version(deploymentId: string, release: string) {
  const [, kind = 'silo', wave = 'everyone'] = PLACES.find(([id]) => id === deploymentId) ?? [];
  return {
    ...{ deploymentId, kind, wave, release, account: '222222222222', region: 'us-east-1' },
    ...{ stackName: `granary-${deploymentId}`, templateDigest: 'd', runId: 'run-0001', deployedAt: AT },
    result: 'succeeded',
  } as const;
}
