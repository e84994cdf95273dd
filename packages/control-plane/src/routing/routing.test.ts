import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { silentTelemetry } from '../rehearsal/gateway-event';
import { ANYONE, BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant, replaceTenant } from '../tenant/tenant-record';
import { MemoryRoutingStore } from './memory-routing-store';
import { reconcileRouting } from './reconcile-routing';
import { routeTenants } from './route-tenants';
import { routingHandler } from './routing-handler';

const HOOLI = BUYER.tenantId;

/** One active tenant on a pool, and an empty store. */
async function open() {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await signUp(BUYER, ANYONE, stage.dependencies);
  await stage.onboard(HOOLI);
  const store = new MemoryRoutingStore();
  const { table } = stage;
  const dependencies = { table, store };
  const set = async (changes: { status?: 'active' | 'inactive' | 'offboarded'; deploymentId?: string }) => {
    const tenant = await readTenant(table, HOOLI);
    if (!tenant) throw new Error('no tenant');
    await table.write([replaceTenant({ ...tenant, ...changes })]);
  };
  const routed = () => {
    const text = store.entries.get(HOOLI);
    return text === undefined ? undefined : (JSON.parse(text) as { apiUrl: string });
  };
  return { stage, store, dependencies, set, routed };
}

const ELSEWHERE = registrationOf({
  deploymentId: 'pool-eu',
  region: 'eu-west-1',
  account: '333333333333',
  apiUrl: 'https://eu.execute-api.eu-west-1.amazonaws.com/prod/',
  userPoolId: 'eu-west-1_Pool',
  provisioningRoleArn: 'arn:aws:iam::333333333333:role/granary-pool-eu-provision',
});

test('an active tenant is routed by what the control plane would answer', async () => {
  const { dependencies, routed } = await open();
  expect(await routeTenants([HOOLI, HOOLI], dependencies)).toBe(1);
  expect(routed()).toEqual({
    tenantId: HOOLI,
    name: BUYER.name,
    region: 'us-east-1',
    apiUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/',
    userPoolId: 'us-east-1_Pool',
    userPoolClientId: 'client',
  });
});

test('an event that comes again changes nothing', async () => {
  const { dependencies, store } = await open();
  await routeTenants([HOOLI], dependencies);
  const version = await store.version();
  expect(await routeTenants([HOOLI], dependencies)).toBe(0);
  expect(await store.version()).toBe(version);
});

test('a tenant that moved is routed to where it is now', async () => {
  const { stage, dependencies, set, routed } = await open();
  await routeTenants([HOOLI], dependencies);
  await registerDeployment(ELSEWHERE, stage.dependencies);
  await set({ deploymentId: 'pool-eu' });
  await routeTenants([HOOLI], dependencies);
  expect(routed()?.apiUrl).toBe(ELSEWHERE.apiUrl);
});

test.each(['inactive', 'offboarded'] as const)('a tenant that is %s is routed nowhere', async (status) => {
  const { dependencies, set, routed } = await open();
  await routeTenants([HOOLI], dependencies);
  await set({ status });
  await routeTenants([HOOLI], dependencies);
  expect(routed()).toBeUndefined();
});

test('what was read before somebody else’s change does not replace it', async () => {
  const { stage, store, dependencies, set, routed } = await open();
  await registerDeployment(ELSEWHERE, stage.dependencies);
  store.meanwhile = async () => {
    await set({ deploymentId: 'pool-eu' });
    await routeTenants([HOOLI], dependencies);
  };
  await routeTenants([HOOLI], dependencies);
  expect(routed()?.apiUrl).toBe(ELSEWHERE.apiUrl);
});

test('whatever was missed is put right from the tables: tenants that are missing, gone, or served anew', async () => {
  const { stage, store, dependencies, routed } = await open();
  store.entries.set('ghost', '{"tenantId":"ghost"}');
  expect(await reconcileRouting(dependencies)).toBe(2);
  expect([...store.entries.keys()]).toEqual([HOOLI]);
  await registerDeployment(
    registrationOf({ apiUrl: 'https://new.execute-api.us-east-1.amazonaws.com/prod/' }),
    stage.dependencies,
  );
  expect(await reconcileRouting(dependencies)).toBe(1);
  expect(routed()?.apiUrl).toBe('https://new.execute-api.us-east-1.amazonaws.com/prod/');
  expect(await reconcileRouting(dependencies)).toBe(0);
});

test('many tenants are changed some at a time', async () => {
  const { dependencies, store } = await open();
  const many = Array.from({ length: 120 }, (_, index) => `gone-${index}`);
  for (const id of many) store.entries.set(id, '{}');
  expect(await routeTenants(many, dependencies)).toBe(120);
  expect(store.entries.size).toBe(0);
});

test('an event of the bus routes its tenant, the clock all of them', async () => {
  const { dependencies, store, routed } = await open();
  const { telemetry } = silentTelemetry();
  const handler = routingHandler({ ...dependencies, logger: telemetry.logger });
  await handler({ 'detail-type': 'granary_operationSucceeded', detail: { tenantId: HOOLI, version: 1 } });
  expect(routed()).toBeDefined();
  store.entries.clear();
  await handler({ 'detail-type': 'Scheduled Event', detail: {} });
  expect(routed()).toBeDefined();
  await expect(handler({})).rejects.toThrow();
});
