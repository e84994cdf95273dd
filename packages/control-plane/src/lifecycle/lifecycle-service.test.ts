import type { AuditEntry } from '@granary/api';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryRowWork } from '../rehearsal/memory-row-work';
import { BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { lifecycleService } from './lifecycle-service';

/** An active tenant of a pool. */
async function open() {
  const stage = new Rehearsal();
  const { dependencies, machine } = stage;
  const rows = new MemoryRowWork('hooli', stage.table, dependencies.now).work;
  Object.assign(dependencies, { ports: { ...dependencies.ports, rows } });
  await registerDeployment(registrationOf(), dependencies);
  await signUp(BUYER, OPERATOR, dependencies);
  await stage.onboard('hooli');
  const audited: AuditEntry[] = [];
  const { telemetry } = silentTelemetry();
  const audit = async (entry: AuditEntry) => void audited.push(entry);
  const handler = lifecycleService({ ...dependencies, telemetry, audit });
  const send = (method: GatewayRequest['method'], path: string, more: Partial<GatewayRequest> = {}) =>
    request(handler, {
      ...{ method, resource: `/tenants/{tenantId}${path}`, params: { tenantId: 'hooli' } },
      ...{ role: 'SystemAdmin', ...more },
    });
  return { send, audited, machine };
}

test('a change is accepted with its operation, which can be followed, and leaves a line with who asked', async () => {
  const { send, audited, machine } = await open();
  const { status, body } = await send('POST', '/deactivate');
  expect(status).toBe(202);
  expect(body).toMatchObject({
    kind: 'deactivation',
    tenantId: 'hooli',
    requestedBy: { userName: 'olivia' },
  });
  await machine.run(body.operationId);
  expect(audited).toMatchObject([
    { action: 'deactivateTenant', tenantId: 'hooli', actor: { userName: 'olivia' }, result: 'succeeded' },
  ]);
  expect(await send('POST', '/deactivate')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('is inactive') },
  });
  expect(await send('POST', '/activate')).toMatchObject({ status: 202, body: { kind: 'activation' } });
});

test('the same key finds the operation that it began, and is refused to another request', async () => {
  const { send } = await open();
  const query = { idempotencyKey: 'my-request-1' };
  const first = await send('POST', '/deactivate', { query });
  const again = await send('POST', '/deactivate', { query });
  expect(again).toMatchObject({ status: 202, body: { operationId: first.body.operationId } });
  const other = await send('PUT', '/tier', { query, body: { tier: 'premium' } });
  expect(other).toMatchObject({ status: 409, body: { detail: expect.stringContaining('another request') } });
});

test('a change of the tier names it in its line, and one that does not exist is a mistake', async () => {
  const { send, audited } = await open();
  expect(await send('PUT', '/tier', { body: { tier: 'gold' } })).toMatchObject({ status: 400 });
  expect(await send('PUT', '/tier', { body: { tier: 'premium' } })).toMatchObject({ status: 202 });
  expect(audited).toMatchObject([
    { action: 'changeTier', subject: 'gold', result: 'refused' },
    { action: 'changeTier', subject: 'premium', result: 'succeeded' },
  ]);
});

test('a tenant is offboarded by its name, and its receipt is there once it is gone', async () => {
  const { send, machine } = await open();
  expect(await send('GET', '/receipt')).toMatchObject({ status: 404 });
  const wrong = { confirm: 'hooli', retentionDays: 0 };
  expect(await send('DELETE', '', { body: wrong })).toMatchObject({
    status: 400,
    body: { violations: [{ in: 'body', pointer: '/confirm' }] },
  });
  const { status, body } = await send('DELETE', '', { body: { ...wrong, confirm: BUYER.name } });
  expect(status).toBe(202);
  await machine.run(body.operationId);
  expect(await send('GET', '/receipt')).toMatchObject({ status: 200, body: { receiptId: body.operationId } });
});

test('support reads receipts and changes nothing, and what is unknown is not found', async () => {
  const { send } = await open();
  const support = { role: 'CustomerSupport' } as const;
  expect(await send('GET', '/receipt', support)).toMatchObject({ status: 404 });
  expect(await send('POST', '/deactivate', support)).toMatchObject({ status: 403 });
  const body = { confirm: BUYER.name, retentionDays: 0 };
  expect(await send('DELETE', '', { ...support, body })).toMatchObject({ status: 403 });
  expect(await send('POST', '/deactivate', { params: { tenantId: 'nobody' } })).toMatchObject({
    status: 404,
  });
});
