import type { Limits } from '@granary/api';
import fc from 'fast-check';
import { type DeploymentRecord, readDeployment } from '../deployment/deployment-record';
import { registerDeployment } from '../deployment/deployment-registry';
import { changeTier } from '../lifecycle/request-change';
import { provision } from '../onboarding/steps/provision';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant, type TenantRecord } from '../tenant/tenant-record';
import { type OperationRecord, readOperation } from '../workflow/operation-record';
import { applyQuota } from './apply-quota';
import { quotaService } from './quota-service';

const LIMITS: Limits = { throttle: { burst: 500, rate: 250.5 }, quota: { requestsPerDay: 90_000 } };
const OWN = { name: 'granary-hooli-override', ...LIMITS };
const RESOURCE = '/tenants/{tenantId}/quota';

async function open({ onboarded = true } = {}) {
  const stage = new Rehearsal();
  const { dependencies } = stage;
  await registerDeployment(registrationOf(), dependencies);
  await signUp(BUYER, ANYONE, dependencies);
  if (onboarded) await stage.onboard(BUYER.tenantId);
  const gateway = { reached: (tenantId: string) => applyQuota(tenantId, dependencies) };
  const { telemetry, logged } = silentTelemetry();
  const handler = quotaService({
    table: stage.table,
    enforcer: { enforce: (tenantId) => gateway.reached(tenantId) },
    now: dependencies.now,
    telemetry,
  });
  const call = (method: GatewayRequest['method'], more: Partial<GatewayRequest> = {}) =>
    request(handler, {
      method,
      resource: RESOURCE,
      params: { tenantId: 'hooli' },
      role: 'SystemAdmin',
      ...more,
    });
  return { stage, gateway, logged, call, put: (body: unknown) => call('PUT', { body }) };
}

test('limits of its own put a tenant’s key on a plan of its own', async () => {
  const { stage, put, call } = await open();
  const answer = await put(LIMITS);
  expect(answer).toMatchObject({
    status: 200,
    body: { tenantId: 'hooli', tier: 'basic', override: { ...LIMITS, state: 'applied' } },
  });
  const { plans, ownPlans } = stage.deployment;
  expect([[...plans], [...ownPlans]]).toEqual([[['key1', 'own1']], [['own1', OWN]]]);
  expect((await call('GET', { role: 'CustomerSupport' })).body).toEqual(answer.body);
});

test('other limits change the plan that is there, and the same ones do no harm', async () => {
  const { stage, put } = await open();
  await put(LIMITS);
  const more = { ...LIMITS, quota: { requestsPerDay: 100_000 } };
  await put(more);
  await put(more);
  expect([...stage.deployment.ownPlans]).toEqual([['own1', { ...OWN, ...more }]]);
});

test('without limits of its own a tenant is on its tier’s plan again, and its own plan is gone', async () => {
  const { stage, put, call } = await open();
  await put(LIMITS);
  for (let times = 1; times <= 2; times += 1)
    expect(await call('DELETE')).toMatchObject({ status: 204, body: null });
  const { plans, ownPlans } = stage.deployment;
  expect([[...plans], [...ownPlans]]).toEqual([[['key1', 'plan1']], []]);
  expect((await call('GET')).body).toEqual({ tenantId: 'hooli', tier: 'basic' });
});

test.each(['PUT', 'DELETE'] as const)('a %s is for administrators of the system only', async (method) => {
  const { stage, call } = await open();
  const body = method === 'PUT' ? LIMITS : undefined;
  expect(await call(method, { body, role: 'CustomerSupport' })).toMatchObject({ status: 403 });
  expect([...stage.deployment.plans]).toEqual([['key1', 'plan1']]);
});

test('a tenant that does not exist, or is not onboarded, gets no limits', async () => {
  const { call, put } = await open({ onboarded: false });
  expect(await put(LIMITS)).toMatchObject({ status: 409 });
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    const body = method === 'PUT' ? LIMITS : undefined;
    expect(await call(method, { body, params: { tenantId: 'nobody' } })).toMatchObject({ status: 404 });
  }
});

test.each([
  [{ ...LIMITS, quota: { requestsPerDay: 0 } }],
  [{ throttle: LIMITS.throttle }],
  [{ ...LIMITS, keyId: 'key2' }],
])('limits out of bounds, half or with more are refused (%#)', async (body) => {
  expect(await (await open()).put(body)).toMatchObject({ status: 400 });
});

test('a gateway that cannot be told leaves the change waiting, and the same request finishes it', async () => {
  const { stage, gateway, put, call, logged } = await open();
  const { reached } = gateway;
  gateway.reached = async () => Promise.reject(new Error('out of reach'));
  expect(await put(LIMITS)).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
  expect(JSON.stringify(logged)).toContain('limits not enforced yet');
  expect((await call('GET')).body.override).toMatchObject({ state: 'applying' });
  expect([...stage.deployment.plans]).toEqual([['key1', 'plan1']]);
  gateway.reached = reached;
  expect((await put(LIMITS)).body.override).toMatchObject({ state: 'applied' });
});

test('onboarding that runs again puts the key on the tenant’s own plan, as long as it has one', async () => {
  const { stage, put } = await open();
  await put(LIMITS);
  stage.deployment.plans.set('key1', 'plan1');
  const tenant = (await readTenant(stage.table, 'hooli')) as TenantRecord;
  const deployment = (await readDeployment(stage.table, 'pool-us')) as DeploymentRecord;
  const operation = (await readOperation(stage.table, tenant.onboardingId)) as OperationRecord;
  await provision.do({
    ...stage.dependencies,
    ...{ tenant, operation, at: tenant.updatedAt },
    deployment: async () => deployment,
    input: { origin: 'sign-up' },
  });
  expect([...stage.deployment.plans]).toEqual([['key1', 'own1']]);
});

test('wherever a change is cut off, the same change again ends as if it never had been', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ call: fc.integer({ min: 1, max: 12 }), when: fc.constantFrom('before', 'after') }),
        {
          maxLength: 4,
        },
      ),
      fc.boolean(),
      async (crashes, removed) => {
        const { stage, gateway, put, call } = await open();
        const change = async () => (removed ? call('DELETE') : put(LIMITS));
        if (removed) await put(LIMITS);
        for (const crash of crashes) {
          gateway.reached = (tenantId) =>
            stage.crashes.run(crash as never, () => applyQuota(tenantId, stage.dependencies));
          await change();
        }
        gateway.reached = (tenantId) =>
          stage.crashes.run(undefined, () => applyQuota(tenantId, stage.dependencies));
        await change();
        const { plans, ownPlans } = stage.deployment;
        const [[keyId, planId] = []] = [...plans];
        expect([keyId, plans.size]).toEqual(['key1', 1]);
        if (removed) expect([planId, ownPlans.size]).toEqual(['plan1', 0]);
        else expect([...ownPlans]).toEqual([[planId, OWN]]);
      },
    ),
    { numRuns: 60 },
  );
});

test('limits that a change of the tier counts on are not taken away meanwhile', async () => {
  const { stage, put, call } = await open();
  await put(LIMITS);
  const request = { tenantId: 'hooli', requestedBy: OPERATOR };
  const { operationId } = await changeTier(request, { tier: 'premium' }, stage.dependencies);
  expect(await call('DELETE')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining(`plan-change, operation ${operationId}`) },
  });
  await stage.machine.run(operationId);
  expect(await call('DELETE')).toMatchObject({ status: 204 });
  // Its key is where its new tier is.
  expect([...stage.deployment.plans]).toEqual([['key1', 'plan2']]);
});

test('the service says that it runs', async () => {
  const { call } = await open();
  expect(await call('GET', { resource: '/health/quota', params: {} })).toMatchObject({ status: 200 });
});
