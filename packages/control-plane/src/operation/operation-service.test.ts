import type { Operation } from '@granary/api';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { ANYONE, BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { operationService } from './operation-service';

async function open() {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const audited: object[] = [];
  const handler = operationService({
    ...stage.dependencies,
    telemetry: silentTelemetry().telemetry,
    audit: async (entry) => void audited.push(entry),
  });
  const ask = (wanted: Partial<GatewayRequest>) =>
    request(handler, { method: 'GET', resource: '/operations', role: 'SystemAdmin', ...wanted });
  const one = (operationId: string, action?: 'retry' | 'cancel') =>
    ask({
      params: { operationId },
      resource: action ? `/operations/{operationId}/${action}` : '/operations/{operationId}',
      method: action ? 'POST' : 'GET',
    });
  const begin = async (tenantId: string) => {
    const buyer = { ...BUYER, tenantId, adminEmail: `${tenantId}@x.example` };
    const { operationId = '' } = await signUp(buyer, ANYONE, stage.dependencies);
    return operationId;
  };
  return { stage, ask, one, begin, audited };
}

test('operations are listed with the newest first, by tenant and by status', async () => {
  const { stage, ask, begin } = await open();
  const ids = [await begin('hooli'), await begin('initech'), await begin('umbrella')];
  await stage.onboard('initech');
  const listed = async (query: Record<string, string>) =>
    (await ask({ query })).body.items.map(({ operationId }: Operation) => operationId);
  expect(await listed({})).toEqual([...ids].reverse());
  expect(await listed({ tenantId: 'hooli' })).toEqual([ids[0]]);
  expect(await listed({ status: 'succeeded' })).toEqual([ids[1]]);
  expect(await listed({ tenantId: 'hooli', status: 'succeeded' })).toEqual([]);
  expect(await listed({ tenantId: 'nobody' })).toEqual([]);
});

test('a list goes on where its last page ended, and takes no other token', async () => {
  const { ask, begin } = await open();
  const ids = [await begin('hooli'), await begin('initech')].reverse();
  const first = (await ask({ query: { limit: '1' } })).body;
  const second = (await ask({ query: { limit: '1', nextToken: first.nextToken } })).body;
  expect([first, second].flatMap(({ items }) => items.map((each: Operation) => each.operationId))).toEqual(
    ids,
  );
  expect(await ask({ query: { tenantId: 'hooli', nextToken: first.nextToken } })).toMatchObject({
    status: 400,
  });
});

test('an operation shows its steps and who asked for it, and nothing that is a permission', async () => {
  const { stage, one, begin } = await open();
  const operationId = await begin('hooli');
  await stage.onboard('hooli');
  const { status, body } = await one(operationId);
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind: 'onboarding', status: 'succeeded', requestedBy: { kind: 'anonymous' } });
  expect(JSON.stringify(body)).not.toMatch(/registration-0|hooli@x/);
});

test('a failed operation is retried or cancelled by a SystemAdmin, which leaves a line with its tenant', async () => {
  const { stage, one, begin, audited } = await open();
  const operationId = await begin('hooli');
  stage.deployment.usageKeys.create = () => Promise.reject(new Error('out of order'));
  await stage.onboard('hooli');
  expect(await one(operationId, 'retry')).toMatchObject({ status: 202, body: { status: 'pending' } });
  await stage.onboard('hooli');
  expect(await one(operationId, 'cancel')).toMatchObject({ status: 202, body: { status: 'compensating' } });
  await stage.onboard('hooli');
  expect((await one(operationId)).body.status).toBe('compensated');
  expect(audited).toMatchObject([
    { action: 'retryOperation', tenantId: 'hooli', subject: operationId, result: 'succeeded' },
    { action: 'cancelOperation', tenantId: 'hooli', subject: operationId },
  ]);
});

test('an unknown operation is not found, and support may look but not touch', async () => {
  const { ask, one } = await open();
  const operationId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  expect(await one(operationId)).toMatchObject({ status: 404 });
  expect(await one(operationId, 'retry')).toMatchObject({ status: 404 });
  const retry = {
    method: 'POST',
    resource: '/operations/{operationId}/retry',
    params: { operationId },
  } as const;
  expect(await ask({ ...retry, role: 'CustomerSupport' })).toMatchObject({ status: 403 });
  expect(await ask({ role: 'CustomerSupport' })).toMatchObject({ status: 200 });
});

test('the service says that it runs', async () => {
  const { ask } = await open();
  expect(await ask({ resource: '/health/operation' })).toMatchObject({ body: { service: 'operation' } });
});
