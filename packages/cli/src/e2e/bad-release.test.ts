import type { FleetEntry, Release } from '@granary/api';
import type { RunRecord } from '@granary/local';
import type { ManifestInput } from '@granary/manifest';
import { PATIENCE, until } from '../walk/patience';
import { StoryCloud } from './story-cloud';
import { browserTest } from './visits/browser-test';
import { type RollbackOrder, rollBackFrom, type WatchedHalt, watchHalt } from './visits/halted-release';
import { ReleasedPages } from './visits/released-pages';

const MINUTE = 60_000;
const SERVICE = 'packages/app-services/src/product/service.ts';
const GOOD = 'const product = await table.find(productId);';
const BAD = `${GOOD}\n      if (product) throw new TypeError('a fault that no test of the service met');`;

/** What came of a release: its run in the pipeline, and what the platform tells an operator. */
interface Released {
  readonly commit: string;
  readonly run: RunRecord;
  /** By the deployment's id. */
  readonly fleet: ReadonlyMap<string, FleetEntry>;
  /** The newest first. */
  readonly releases: readonly Release[];
}

/** Three releases on one cloud: a good one, a bad one, and its fix; then a tenant is rolled back. */
interface Story {
  readonly good: Released;
  readonly bad: Released;
  readonly fixed: Released;
  readonly rolledBack: Released;
  /** Undefined where there is no browser. */
  readonly watched: WatchedHalt | undefined;
  /** The rollback's page. */
  readonly rollbackSays: string | undefined;
  readonly complaints: readonly string[];
}

let cloud: StoryCloud | undefined;
let story: Story;

beforeAll(async () => {
  cloud = await StoryCloud.start(twoSilos);
  story = await tell(cloud);
}, 15 * MINUTE);

afterAll(() => cloud?.stop(), 2 * MINUTE);

/** acme in the canary's wave, initech in the next one. */
function twoSilos({ tenants = [], ...manifest }: ManifestInput): ManifestInput {
  const waves = [
    { name: 'canary', rings: ['canary'], bakeMinutes: 60 },
    { name: 'everyone', percentage: 100, bakeMinutes: 15 },
  ];
  return {
    ...manifest,
    pools: [],
    tenants: tenants.filter(({ id }) => id === 'acme' || id === 'initech'),
    rollout: { engine: 'pipeline', waves },
  };
}

async function tell(cloud: StoryCloud): Promise<Story> {
  const good = await release(cloud);
  const { operatorCredentials: operator } = await cloud.platform();
  const { endpoint } = cloud.local.engine;
  const pages = await ReleasedPages.open({ pages: await cloud.pages(), endpoint });
  try {
    await cloud.project.edit(SERVICE, (text) => text.replace(GOOD, BAD));
    const commit = await cloud.project.commit('Break the reading of products');
    const [watched, bad] = await Promise.all([pages && watchHalt(pages, operator, commit), release(cloud)]);
    await cloud.project.git('revert', '--no-edit', 'HEAD');
    const fixed = await release(cloud);
    // As an operator does who was called by one customer.
    const order = { deployment: 'acme', to: good.commit, reason: 'a customer called' };
    const rollback = pages && (await rollBackFrom(pages, operator, fixed.commit, order));
    if (!rollback) await orderRollback(cloud, order);
    return {
      ...{ good, bad, fixed, watched },
      rolledBack: { ...fixed, ...(await look(cloud)) },
      rollbackSays: rollback?.says,
      complaints: pages?.complaints() ?? [],
    };
  } finally {
    await pages?.close();
  }
}

/** Where there is no browser to order it from. */
async function orderRollback(cloud: StoryCloud, order: RollbackOrder & { readonly deployment: string }) {
  const { deployment: id, ...more } = order;
  const operator = await (await cloud.platform()).operator();
  const { release } = await operator.rollBack({ body: { target: 'tenant', id, ...more } });
  const params = { runId: release.runId };
  await until(
    'the rollback to end',
    async () => {
      const { status } = await operator.getRelease({ params });
      return status === 'running' ? undefined : status;
    },
    { ...PATIENCE, timeoutMs: 3 * MINUTE },
  );
}

async function release(cloud: StoryCloud): Promise<Released> {
  const run = await cloud.release();
  return { commit: run.commit, run, ...(await look(cloud)) };
}

/** As an operator sees the releases and the fleet. */
async function look(cloud: StoryCloud): Promise<Pick<Released, 'fleet' | 'releases'>> {
  const operator = await (await cloud.platform()).operator();
  const [{ items: releases }, { items: fleet }] = [
    await operator.listReleases({ query: {} }),
    await operator.getFleet({ query: {} }),
  ];
  return { releases, fleet: new Map(fleet.map((each) => [each.deploymentId, each])) };
}

const inBrowser = browserTest('a bad release on the pages');

test('a good release passes every gate and reaches every wave', () => {
  const { commit, run, fleet, releases } = story.good;
  expect(run.state).toEqual({ status: 'succeeded' });
  expect(releases[0]).toMatchObject({ release: commit, status: 'succeeded' });
  for (const id of ['acme', 'initech'])
    expect(fleet.get(id)).toMatchObject({ release: commit, result: 'succeeded' });
});

test('a release that reads no product is stopped by the canary of its first wave, which says so', () => {
  const { run, commit, releases } = story.bad;
  expect(run).toMatchObject({ commit, state: { status: 'failed' } });
  expect(JSON.stringify(run.state)).toContain('wave \\"canary\\" halted at gate');
  const halted = releases.find((each) => each.release === commit);
  expect(halted).toMatchObject({ status: 'halted', halt: { wave: 'canary', deploymentId: 'acme' } });
});

test('the wave that met the bad release has its version again, and the next one was never reached', () => {
  const { fleet, releases, run } = story.bad;
  const { commit } = story.good;
  expect(fleet.get('acme')).toMatchObject({ release: commit, result: 'rolled-back' });
  expect(fleet.get('initech')).toMatchObject({ release: commit, result: 'succeeded' });
  expect(releases[0]?.halt?.rolledBack).toEqual([
    expect.objectContaining({ deploymentId: 'acme', to: commit, result: 'succeeded' }),
  ]);
  expect(run.stages.at(-1)?.state).toEqual({ status: 'pending' });
});

inBrowser('an operator who watches the release reads where it halted, why, and what went back', () => {
  const { why, picture, nothingLeft } = story.watched ?? {};
  const [good, bad] = [story.good.commit.slice(0, 8), story.bad.commit.slice(0, 8)];
  expect(why).toMatch(/Halted in wave “canary”.*Gate.*the canary.*Deployment.*acme/s);
  expect(why).toContain(story.bad.releases[0]?.halt?.reason);
  expect(why).toContain(`acme: ${bad} → ${good} (succeeded)`);
  expect(picture).toMatch(/Wave canary: 1 rolled back/);
  expect(nothingLeft).toMatch(/nothing to roll back: .*"acme" runs .* already/);
});

test('the fix supersedes the halted run and reaches everyone', () => {
  const { commit, run, fleet, releases } = story.fixed;
  expect(run.state).toEqual({ status: 'succeeded' });
  expect(releases.map(({ release, status }) => [release, status])).toEqual([
    [commit, 'succeeded'],
    [story.bad.commit, 'superseded'],
    [story.good.commit, 'succeeded'],
  ]);
  for (const id of ['acme', 'initech'])
    expect(fleet.get(id)).toMatchObject({ release: commit, result: 'succeeded' });
});

test('one tenant rolled back by hand passes its gates, is behind, and nobody else is touched', () => {
  const { fleet, releases } = story.rolledBack;
  expect(releases[0]).toMatchObject({
    kind: 'rollback',
    status: 'succeeded',
    rollback: { target: 'tenant', id: 'acme', reason: 'a customer called' },
  });
  expect(fleet.get('acme')).toMatchObject({ release: story.good.commit, state: 'behind' });
  expect(fleet.get('initech')).toMatchObject({ release: story.fixed.commit, state: 'current' });
});

inBrowser('the operator who ordered that from the page of a release reads that it went well', () => {
  expect(story.rollbackSays).toMatch(/acme, ordered by .*: a customer called/);
  expect(story.complaints).toEqual([]);
});
