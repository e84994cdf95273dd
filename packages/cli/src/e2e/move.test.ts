import type { Operation } from '@granary/api';
import { applicationClient, type ControlClient, controlClient } from '@granary/client';
import { LocalCloud } from '@granary/local';
import { loadManifest } from '@granary/manifest';
import { type ControlPlane, findControlPlane } from '../walk/control-plane';
import { ensureOperator, enterAsOperator } from '../walk/operator';
import { randomPassword } from '../walk/password';
import { PATIENCE, until } from '../walk/patience';
import { reachableUrl } from '../walk/reachable-url';
import { signUpTenant } from '../walk/sign-up';
import { cloudFormationStacks } from '../walk/stacks';
import { cognitoUsers, type Users } from '../walk/users';
import { ProjectCopy } from './project-copy';

const MINUTE = 60_000;
const TENANT = 'wanderer';
const ADMIN = `admin@${TENANT}.example.com`;
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

let project: ProjectCopy;
let cloud: LocalCloud | undefined;
let story: Story;

beforeAll(async () => {
  project = await ProjectCopy.make();
  await project.edit('tenants.json', onePool);
  await project.commit('Begin with one pool');
  story = await tell(
    await LocalCloud.start({ projectFolder: project.folder, port: 0, approvals: 'automatic' }),
  );
}, 15 * MINUTE);

afterAll(async () => {
  await cloud?.stop('the test is over');
  await project?.remove();
}, 2 * MINUTE);

/** Only what the story needs. */
function onePool(text: string): string {
  const manifest = JSON.parse(text);
  return JSON.stringify({ ...manifest, pools: manifest.pools.slice(0, 1), tenants: [] }, undefined, 2);
}

async function tell(started: LocalCloud): Promise<Story> {
  cloud = started;
  await started.push();
  await started.idle();
  const manifest = loadManifest(await project.git('show', 'HEAD:tenants.json'));
  const access = { endpoint: started.engine.endpoint, clientConfig: started.engine.clientConfig };
  const users = cognitoUsers(access);
  const controlPlane = await findControlPlane(cloudFormationStacks(access), manifest, access.endpoint);
  if (!controlPlane) throw new Error('there is no control plane');
  const credentials = await ensureOperator(users, controlPlane);
  const operator = async () => (await enterAsOperator(users, controlPlane, credentials)).api;
  const order = { tenantId: TENANT, name: TENANT, tier: 'basic', adminEmail: ADMIN };
  await signUpTenant(controlClient({ baseUrl: controlPlane.apiUrl }), order, PATIENCE);
  const pool = await enter(await operator(), controlPlane, users);
  await pool.add('first');

  const first = await changeTier(await operator(), 'platinum');
  await reach(first, 'keep', operator);
  const silo = await enter(await operator(), controlPlane, users);
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
  await (await operator()).confirmOperation({ params: { operationId: first } });
  const confirmed = await ended(first, operator);

  const second = await changeTier(await operator(), 'standard');
  await reach(second, 'keep', operator);
  const other = await enter(await operator(), controlPlane, users);
  await other.add('third');
  const back = { home: other.deploymentId, products: await other.products() };
  await (await operator()).cancelOperation({ params: { operationId: second } });
  const cancelled = await ended(second, operator);
  const home = await enter(await operator(), controlPlane, users);
  const again = { home: home.deploymentId, products: await home.products() };
  await started.idle();
  const { tenants } = JSON.parse(await showManifest());
  const left = await leave(started, operator);
  return { there, source, confirmed, back, cancelled, again, manifest: tenants, left };
}

/** The tenant is offboarded from its silo: the receipt, the tombstone, and the release that deletes its stack. */
async function leave(started: LocalCloud, operator: () => Promise<ControlClient>): Promise<Left> {
  const params = { tenantId: TENANT };
  const body = { confirm: TENANT, retentionDays: 0 };
  const { operationId } = await (await operator()).offboardTenant({ params, body });
  const offboarding = await ended(operationId, operator);
  await started.idle();
  const api = await operator();
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
  const manifest = loadManifest(await showManifest());
  const { account, region } = manifest.cells.find(({ id }) => id === 'us-1') ?? manifest.toolchain;
  const stacks = cloudFormationStacks(started.engine);
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
async function showManifest(): Promise<string> {
  await project.git('fetch', '--quiet', 'local', 'main');
  return project.git('show', 'FETCH_HEAD:tenants.json');
}

async function changeTier(api: ControlClient, tier: string): Promise<string> {
  const body = tier === 'platinum' ? { tier, cell: 'us-1' } : { tier };
  return (await api.changeTier({ params: { tenantId: TENANT }, body })).operationId;
}

/** Waits until a step waits; each time as an operator whose token is new. */
async function reach(
  operationId: string,
  step: string,
  operator: () => Promise<ControlClient>,
): Promise<void> {
  await until(
    `the move to come to "${step}"`,
    async () => {
      const { status, steps } = await (await operator()).getOperation({ params: { operationId } });
      if (['failed', 'compensating', 'compensated'].includes(status))
        throw new Error(`the move failed: ${JSON.stringify(steps)}`);
      return steps.find((each) => each.step === step)?.status === 'waiting' ? step : undefined;
    },
    RELEASE,
  );
}

async function ended(operationId: string, operator: () => Promise<ControlClient>): Promise<Operation> {
  return until(
    'the move to end',
    async () => {
      const operation = await (await operator()).getOperation({ params: { operationId } });
      return ['succeeded', 'compensated', 'failed'].includes(operation.status) ? operation : undefined;
    },
    RELEASE,
  );
}

/** Signs the administrator in where the tenant's configuration says. */
async function enter(api: ControlClient, controlPlane: ControlPlane, users: Users): Promise<Home> {
  const config = await controlClient({ baseUrl: controlPlane.apiUrl }).getTenantConfig({
    params: { tenantName: TENANT },
  });
  const { items } = await api.listDeployments();
  const deployment = items.find(({ userPoolId }) => userPoolId === config.userPoolId);
  if (!deployment || !cloud) throw new Error(`no deployment has the user pool ${config.userPoolId}`);
  const credentials = { userName: ADMIN, password: randomPassword() };
  await users.setPassword(deployment, credentials);
  const token = await users.signIn(deployment, credentials);
  const baseUrl = reachableUrl(config.apiUrl, cloud.engine.endpoint);
  const tenant = applicationClient({ baseUrl, token });
  return {
    deploymentId: deployment.deploymentId,
    products: async () => (await tenant.listProducts({ query: {} })).items.map(({ name }) => name).sort(),
    add: (name) => tenant.createProduct({ body: { sku: name, name, price: 1, category: 'grain' } }),
    status: async () => {
      const authorization = `Bearer ${await users.signIn(deployment, credentials)}`;
      return (await fetch(`${baseUrl}products`, { headers: { authorization } })).status;
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
