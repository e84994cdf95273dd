import type { Operation } from '@granary/api';
import { loadManifest } from '@granary/manifest';
import { PATIENCE, until } from '../walk/patience';
import { cloudFormationStacks } from '../walk/stacks';
import { StoryCloud } from './story-cloud';
import type { StoryPlatform } from './story-platform';

const MINUTE = 60_000;
const TENANT = 'wanderer';
const RELEASE = { ...PATIENCE, timeoutMs: 10 * MINUTE, intervalMs: 1000 };

/** What the tenant's administrator sees where the tenant is. */
interface Home {
  readonly deploymentId: string;
  readonly products: () => Promise<readonly string[]>;
  readonly add: (name: string) => Promise<unknown>;
  /** The answer to a request whose token is new: the gateway replays what the authorizer said of an older one. */
  readonly status: () => Promise<number>;
}

/** A tenant that goes from the pool to a silo for good, back for a while, and leaves. Its parts follow each other. */
interface Story {
  readonly there: { readonly home: string; readonly products: readonly string[] };
  readonly source: number;
  readonly confirmed: Operation;
  readonly back: { readonly home: string; readonly products: readonly string[] };
  readonly cancelled: Operation;
  readonly again: { readonly home: string; readonly products: readonly string[] };
  readonly manifest: readonly { readonly id: string; readonly tier: string }[];
  readonly left: Left;
}

/** What there is of a tenant that was offboarded, once the release behind it has ended. */
interface Left {
  readonly receipt: { readonly receiptId: string };
  readonly offboarding: Operation;
  readonly tombstone: unknown;
  readonly stack: object | undefined;
  readonly orphans: readonly object[];
  readonly listed: readonly string[];
  readonly versions: readonly { readonly result: string }[];
  readonly audited: readonly { readonly action: string; readonly result: string }[];
}

let cloud: StoryCloud | undefined;
let story: Story;

beforeAll(async () => {
  // Only what the story needs.
  cloud = await StoryCloud.start((manifest) => ({
    ...manifest,
    pools: manifest.pools?.slice(0, 1) ?? [],
    tenants: [],
  }));
  story = await tell(cloud);
}, 15 * MINUTE);

afterAll(() => cloud?.stop(), 2 * MINUTE);

async function tell(cloud: StoryCloud): Promise<Story> {
  await cloud.release();
  const platform = await cloud.platform();
  await platform.signUp(TENANT, 'basic');
  const pool = await enter(platform);
  await pool.add('first');

  const first = await changeTier(platform, 'platinum');
  await reach(platform, first, 'keep');
  const silo = await enter(platform);
  await silo.add('second');
  const there = { home: silo.deploymentId, products: await silo.products() };
  const source = await until(
    'the pool to turn the tenant away',
    async () => {
      const status = await pool.status();
      return status === 200 ? undefined : status;
    },
    { ...PATIENCE, timeoutMs: 2 * MINUTE },
  );
  await (await platform.operator()).confirmOperation({ params: { operationId: first } });
  const confirmed = await ended(platform, first);

  const second = await changeTier(platform, 'standard');
  await reach(platform, second, 'keep');
  const other = await enter(platform);
  await other.add('third');
  const back = { home: other.deploymentId, products: await other.products() };
  await (await platform.operator()).cancelOperation({ params: { operationId: second } });
  const cancelled = await ended(platform, second);
  const home = await enter(platform);
  const again = { home: home.deploymentId, products: await home.products() };
  await cloud.local.idle();
  const { tenants } = JSON.parse(await showManifest(cloud));
  const left = await leave(cloud, platform);
  return { there, source, confirmed, back, cancelled, again, manifest: tenants, left };
}

/** The tenant is offboarded from its silo: the receipt, the tombstone, and the release that deletes its stack. */
async function leave(cloud: StoryCloud, platform: StoryPlatform): Promise<Left> {
  const params = { tenantId: TENANT };
  const body = { confirm: TENANT, retentionDays: 0 };
  const { operationId } = await (await platform.operator()).offboardTenant({ params, body });
  const offboarding = await ended(platform, operationId);
  await cloud.local.idle();
  const api = await platform.operator();
  const [deployments, fleet] = await Promise.all([api.listDeployments(), api.getFleet({ query: {} })]);
  const audited = await until(
    'the audit log to tell of the retired deployment',
    async () => {
      const { items } = await api.listAuditLines({
        query: { tenantId: TENANT, action: 'deployment.retire' },
      });
      return items.length > 0 ? items : undefined;
    },
    PATIENCE,
  );
  const manifest = loadManifest(await showManifest(cloud));
  const { account, region } = manifest.cells.find(({ id }) => id === 'us-1') ?? manifest.toolchain;
  const stacks = cloudFormationStacks(cloud.local.engine);
  return {
    offboarding,
    audited,
    receipt: await api.getReceipt({ params }),
    tombstone: manifest.tenants.find(({ id }) => id === TENANT)?.state,
    stack: await stacks.outputs({ account, region, stackName: `${manifest.application}-${TENANT}` }),
    orphans: (await api.listOrphans()).items,
    listed: [...deployments.items, ...fleet.items].map(({ deploymentId }) => deploymentId),
    versions: (await api.listVersions({ params: { deploymentId: TENANT } })).items,
  };
}

/** As it stands in the remote, to which the control plane commits. */
async function showManifest({ project }: StoryCloud): Promise<string> {
  await project.git('fetch', '--quiet', 'local', 'main');
  return project.git('show', 'FETCH_HEAD:tenants.json');
}

async function changeTier(platform: StoryPlatform, tier: string): Promise<string> {
  const body = tier === 'platinum' ? { tier, cell: 'us-1' } : { tier };
  return (await (await platform.operator()).changeTier({ params: { tenantId: TENANT }, body })).operationId;
}

/** Waits until a step waits; each time as an operator whose token is new. */
async function reach(platform: StoryPlatform, operationId: string, step: string): Promise<void> {
  await until(
    `the move to come to "${step}"`,
    async () => {
      const { status, steps } = await (await platform.operator()).getOperation({ params: { operationId } });
      if (['failed', 'compensating', 'compensated'].includes(status))
        throw new Error(`the move failed: ${JSON.stringify(steps)}`);
      return steps.find((each) => each.step === step)?.status === 'waiting' ? step : undefined;
    },
    RELEASE,
  );
}

async function ended(platform: StoryPlatform, operationId: string): Promise<Operation> {
  return until(
    'the move to end',
    async () => {
      const operation = await (await platform.operator()).getOperation({ params: { operationId } });
      return ['succeeded', 'compensated', 'failed'].includes(operation.status) ? operation : undefined;
    },
    RELEASE,
  );
}

/** Signs the administrator in where the tenant's configuration says. */
async function enter(platform: StoryPlatform): Promise<Home> {
  const { deploymentId, apiUrl, client, token } = await platform.administrator(TENANT);
  const tenant = await client();
  return {
    deploymentId,
    products: async () => (await tenant.listProducts({ query: {} })).items.map(({ name }) => name).sort(),
    add: (name) => tenant.createProduct({ body: { sku: name, name, price: 1, category: 'grain' } }),
    status: async () => {
      const headers = { authorization: `Bearer ${await token()}` };
      return (await fetch(`${apiUrl}products`, { headers })).status;
    },
  };
}

test('a pooled tenant is served by a silo of its own, with its rows, once the release has made it', () => {
  expect(story.there).toEqual({ home: TENANT, products: ['first', 'second'] });
});

test('the pool turns away who still signs in there', () => {
  expect([401, 403]).toContain(story.source);
});

test('once confirmed the move ends, and the manifest lists the silo', () => {
  expect(story.confirmed.status).toBe('succeeded');
  expect(story.manifest).toMatchObject([{ id: TENANT, tier: 'platinum' }]);
});

test('a move back to the pool finds all rows there, and its cancellation brings back what was added', () => {
  expect(story.back).toEqual({ home: 'pool-us', products: ['first', 'second', 'third'] });
  expect(story.cancelled.status).toBe('compensated');
  expect(story.again).toEqual({ home: TENANT, products: ['first', 'second', 'third'] });
});

test('an offboarded silo leaves a receipt and a tombstone, and the release behind them deletes its stack', () => {
  const { offboarding, receipt, tombstone, stack, orphans } = story.left;
  expect(offboarding.status).toBe('succeeded');
  expect(receipt.receiptId).toEqual(expect.any(String));
  expect(tombstone).toBe('offboarding');
  expect(stack).toBeUndefined();
  expect(orphans).toEqual([]);
});

test('its deployment is in neither list; its versions and the audit log keep what it was', () => {
  const { listed, versions, audited } = story.left;
  expect([...new Set(listed)]).toEqual(['pool-us']);
  expect(versions[0]?.result).toBe('deleted');
  expect(versions.length).toBeGreaterThan(1);
  expect(audited).toMatchObject([{ action: 'deployment.retire', result: 'succeeded' }]);
});
