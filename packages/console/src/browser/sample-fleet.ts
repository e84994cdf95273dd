import { NotFoundProblem } from '@granary/api';
import type { FakeOperations } from '@granary/browser';

/** The release that the samples' waves stopped. */
export const HALTED_RUN = 'run-0042';
const GOOD = '5294889e1f0b7ac94d8e6f0213b7a5c8d94e0f61';
const BAD = 'c71f03ab58d2e94076b1fa3c9e20d7485b6ac3f9';
const minute = (minutes: number) => `2026-11-02T09:${String(minutes).padStart(2, '0')}:00.000Z`;

const DEPLOYMENTS = [
  ['pool-us', 'pool', 'pools', '222222222222', 'us-east-1'],
  ['pool-eu', 'pool', 'pools', '333333333333', 'eu-west-1'],
  ['acme', 'silo', 'canary', '222222222222', 'us-east-1'],
  ['umbrella', 'silo', 'early', '333333333333', 'eu-west-1'],
  ['globex', 'silo', 'everyone', '222222222222', 'us-east-1'],
  ['initech', 'silo', 'everyone', '333333333333', 'eu-west-1'],
] as const;
const WAVES = ['pools', 'canary', 'early', 'everyone'];

const halted = {
  ...{ runId: HALTED_RUN, kind: 'release', release: BAD, status: 'halted', startedAt: minute(10) },
  halt: {
    ...{ wave: 'pools', gate: 'canary', deploymentId: 'pool-eu', at: minute(21), failed: ['pool-eu'] },
    reason: 'deployment "pool-eu": 5 of 20 canary requests failed, the last one getProduct: 500',
    rolledBack: ['pool-eu', 'pool-us'].map((deploymentId) => ({
      ...{ deploymentId, from: BAD, to: GOOD, result: 'succeeded' },
    })),
    rolledBackTotal: 2,
  },
};
const before = {
  ...{ runId: 'run-0041', kind: 'release', release: GOOD, status: 'succeeded' },
  ...{ startedAt: minute(0), endedAt: minute(8) },
};

function wave(name: string, index: number): object {
  const reached = index === 0;
  const members = DEPLOYMENTS.filter(([, , of]) => of === name);
  return {
    ...{ name, index, status: reached ? 'rolled-back' : 'waiting', size: members.length, attempt: 1 },
    deployments: members.map(([deploymentId]) => ({
      deploymentId,
      state: reached ? 'rolled-back' : 'waiting',
    })),
    ...(reached ? { startedAt: minute(11), endedAt: minute(23), lastVerdict: 'halt' } : {}),
    ...{ looks: reached ? 4 : 0, samples: reached ? 40 : 0, minimumSamples: 50 },
    watch: reached
      ? {
          'pool-us': { requests: 20, failed: 0, missed: 0, red: [] },
          'pool-eu': { requests: 20, failed: 5, missed: 0, red: [] },
        }
      : {},
  };
}

/** Deployments at work, and a release that its first wave stopped. */
export function sampleFleet(): FakeOperations {
  return {
    listDeployments: () => ({
      items: DEPLOYMENTS.map(([deploymentId, kind, wave, account, region]) => ({
        ...{ deploymentId, kind, wave, account, region, release: GOOD },
        ...{ apiUrl: 'https://api.example.com/prod/', userPoolId: 'pool', userPoolClientId: 'client' },
        ...{ provisioningRoleArn: 'role', tenantTableName: 'tenants', usagePlanIds: { standard: 'plan' } },
        ...{ firstDeployedAt: minute(0), deployedAt: minute(5) },
      })),
    }),
    listReleases: () => ({ items: [halted, before] }),
    getRelease: ({ params }) => {
      if (params.runId !== HALTED_RUN) throw new NotFoundProblem('there is no such run');
      return { ...halted, notes: 'Read products by category', waves: WAVES.map(wave) };
    },
    getReleasePlan: () => ({
      ...{ release: BAD, before: GOOD, engine: 'pipeline', changesTotal: 2 },
      waves: WAVES.map((name) => ({
        ...{ name, deployments: DEPLOYMENTS.filter(([, , of]) => of === name).length },
        ...{ bakeMinutes: 15, minimumSamples: 50, approval: name === 'everyone' },
      })),
      changes: ['pool-eu', 'pool-us'].map((deploymentId) => ({ deploymentId, change: 'template' })),
    }),
    getFleet: () => ({
      latest: GOOD,
      items: DEPLOYMENTS.map(([deploymentId, kind, wave, account, region]) => ({
        ...{ deploymentId, kind, account, region, stackName: `granary-${deploymentId}`, release: GOOD },
        ...{ templateDigest: 'digest', wave, runId: 'run-0041', deployedAt: minute(5), result: 'succeeded' },
        state: 'current',
      })),
    }),
    listVersions: () => ({ items: [] }),
    listApprovals: () => ({ items: [] }),
    listOverrides: () => ({ items: [] }),
    listOrphans: () => ({ items: [] }),
  };
}
