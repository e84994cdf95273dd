import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { LocalCloud, type RunRecord } from '@granary/local';
import { loadManifest } from '@granary/manifest';
import { PATIENCE, until } from '../walk/patience';
import { ProjectCopy } from './project-copy';

const MINUTE = 60_000;
const SERVICE = 'packages/app-services/src/product/service.ts';
const GOOD = 'const product = await table.find(productId);';
const BAD = `${GOOD}\n      if (product) throw new TypeError('a fault that no test of the service met');`;

/** What the release engine knows of the two silos, by id. */
type Deployments = ReadonlyMap<string, { readonly release: string; readonly result: string }>;

interface EngineRun {
  readonly release: string;
  readonly status: string;
  readonly halt?: {
    readonly wave: string;
    readonly gate: string;
    readonly deploymentId?: string;
    readonly rolledBack: readonly {
      readonly deploymentId: string;
      readonly to?: string;
      readonly result: string;
    }[];
  };
}

interface Released {
  readonly commit: string;
  readonly run: RunRecord;
  readonly deployments: Deployments;
  /** The newest first. */
  readonly runs: readonly EngineRun[];
}

/** Three releases on one cloud: a good one, a bad one, and its fix; then a tenant is rolled back. */
interface Story {
  readonly good: Released;
  readonly bad: Released;
  readonly fixed: Released;
  readonly rolledBack: { readonly run: EngineRun; readonly fleet: ReadonlyMap<string, string> };
}

let project: ProjectCopy;
let cloud: LocalCloud | undefined;
let story: Story;

beforeAll(async () => {
  project = await ProjectCopy.make();
  await project.edit('tenants.json', twoSilos);
  await project.commit('Keep to two silos');
  cloud = await LocalCloud.start({ projectFolder: project.folder, port: 0, approvals: 'automatic' });
  story = await tell(cloud);
}, 15 * MINUTE);

afterAll(async () => {
  await cloud?.stop('the test is over');
  await project?.remove();
}, 2 * MINUTE);

/** acme in the canary's wave, initech in the next one. */
function twoSilos(text: string): string {
  const manifest = JSON.parse(text);
  const tenants = manifest.tenants.filter(({ id }: { id: string }) => id === 'acme' || id === 'initech');
  const waves = [
    { name: 'canary', rings: ['canary'], bakeMinutes: 60 },
    { name: 'everyone', percentage: 100, bakeMinutes: 15 },
  ];
  return JSON.stringify(
    { ...manifest, pools: [], tenants, rollout: { engine: 'pipeline', waves } },
    undefined,
    2,
  );
}

async function tell(started: LocalCloud): Promise<Story> {
  const good = await release(started);
  await project.edit(SERVICE, (text) => text.replace(GOOD, BAD));
  await project.commit('Break the reading of products');
  const bad = await release(started);
  await project.git('revert', '--no-edit', 'HEAD');
  const fixed = await release(started);
  return { good, bad, fixed, rolledBack: await rollBack(started, good.commit) };
}

/** As an operator does who was called by one customer. */
async function rollBack(started: LocalCloud, to: string): Promise<Story['rolledBack']> {
  const by = { kind: 'operator', userName: 'ops', role: 'SystemAdmin' };
  const order = { command: 'rollback', target: 'tenant', id: 'acme', to, by, reason: 'a customer called' };
  const { run } = await ask<{ run: { runId: string } }>(started, order);
  const ended = await until(
    'the rollback to end',
    async () => {
      const found = await ask<{ run: EngineRun }>(started, { command: 'getRun', runId: run.runId });
      return found.run.status === 'running' ? undefined : found.run;
    },
    { ...PATIENCE, timeoutMs: 3 * MINUTE },
  );
  const { deployments } = await ask<{
    deployments: readonly { version: { deploymentId: string; release: string }; state: string }[];
  }>(started, { command: 'fleet' });
  return {
    run: ended,
    fleet: new Map(
      deployments.map(({ version, state }) => [version.deploymentId, `${version.release} ${state}`]),
    ),
  };
}

async function release(started: LocalCloud): Promise<Released> {
  const { commit } = await started.push();
  await started.idle();
  const { last } = await started.status();
  if (!last) throw new Error('no run has ended');
  const { deployments } = await ask<{
    deployments: readonly { deploymentId: string; release: string; result: string }[];
  }>(started, { command: 'listDeployments' });
  const { runs } = await ask<{ runs: readonly EngineRun[] }>(started, { command: 'listRuns' });
  return {
    commit,
    run: last,
    deployments: new Map(deployments.map((each) => [each.deploymentId, each])),
    runs,
  };
}

/** Asks the release engine's control function, as an operator of the toolchain's account. */
async function ask<Answer>({ engine }: LocalCloud, command: object): Promise<Answer> {
  const { toolchain, application } = loadManifest(await project.git('show', 'HEAD:tenants.json'));
  const client = new LambdaClient(engine.clientConfig(toolchain.account, toolchain.region));
  try {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({
        FunctionName: `${application}-release-control`,
        Qualifier: 'live',
        Payload: Buffer.from(JSON.stringify(command)),
      }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) throw new Error(text);
    return JSON.parse(text) as Answer;
  } finally {
    client.destroy();
  }
}

test('a good release passes every gate and reaches every wave', () => {
  const { commit, run, deployments, runs } = story.good;
  expect(run.state).toEqual({ status: 'succeeded' });
  expect(runs[0]).toMatchObject({ release: commit, status: 'succeeded' });
  for (const id of ['acme', 'initech'])
    expect(deployments.get(id)).toMatchObject({ release: commit, result: 'succeeded' });
});

test('a release that reads no product is stopped by the canary of its first wave, which says so', () => {
  const { run, commit, runs } = story.bad;
  expect(run).toMatchObject({ commit, state: { status: 'failed' } });
  expect(JSON.stringify(run.state)).toContain('wave \\"canary\\" halted at gate');
  const halted = runs.find((each) => each.release === commit);
  expect(halted).toMatchObject({ status: 'halted', halt: { wave: 'canary', deploymentId: 'acme' } });
});

test('the wave that met the bad release has its version again, and the next one was never reached', () => {
  const { deployments, runs, run } = story.bad;
  const { commit } = story.good;
  expect(deployments.get('acme')).toMatchObject({ release: commit, result: 'rolled-back' });
  expect(deployments.get('initech')).toMatchObject({ release: commit, result: 'succeeded' });
  expect(runs[0]?.halt?.rolledBack).toEqual([
    expect.objectContaining({ deploymentId: 'acme', to: commit, result: 'succeeded' }),
  ]);
  expect(run.stages.at(-1)?.state).toEqual({ status: 'pending' });
});

test('the fix supersedes the halted run and reaches everyone', () => {
  const { commit, run, deployments, runs } = story.fixed;
  expect(run.state).toEqual({ status: 'succeeded' });
  expect(runs.map(({ release, status }) => [release, status])).toEqual([
    [commit, 'succeeded'],
    [story.bad.commit, 'superseded'],
    [story.good.commit, 'succeeded'],
  ]);
  for (const id of ['acme', 'initech'])
    expect(deployments.get(id)).toMatchObject({ release: commit, result: 'succeeded' });
});

test('one tenant rolled back by hand passes its gates, is behind, and nobody else is touched', () => {
  const { run, fleet } = story.rolledBack;
  expect(run).toMatchObject({ status: 'succeeded' });
  expect(fleet.get('acme')).toBe(`${story.good.commit} behind`);
  expect(fleet.get('initech')).toBe(`${story.fixed.commit} current`);
});
