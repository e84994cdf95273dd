import { setTimeout as pause } from 'node:timers/promises';
import { dynamoUserRows, MemoryAccounts, userPartition } from '@granary/auth';
import { ControlTableUnderTest } from '../control-table/control-table-under-test';
import { DynamoControlTable } from '../control-table/dynamo-control-table';
import { registerDeployment } from '../deployment/deployment-registry';
import { lifecycleService } from '../lifecycle/lifecycle-service';
import { operationService } from '../operation/operation-service';
import { quotaService } from '../quota/quota-service';
import { signUp } from '../registration/sign-up';
import { contended } from '../rehearsal/contended-client';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { tenantUserService } from '../tenant-user/tenant-user-service';
import { newOperationId } from './operation-record';

jest.setTimeout(180_000);

/** Requests at the same moment. */
const AT_ONCE = 40;

let engine: ControlTableUnderTest;
beforeAll(async () => {
  engine = await ControlTableUnderTest.start();
});
afterAll(() => engine.close());

/** Services over DynamoDB's transactions with their conflicts, and an active tenant of this id. */
async function open(tenantId: string) {
  const stage = new Rehearsal();
  const client = contended(engine.client);
  const table = new DynamoControlTable({ client, tableName: engine.tableName });
  const dependencies = Object.assign(stage.dependencies, { table });
  const deploymentId = `pool-of-${tenantId}`;
  await registerDeployment(registrationOf({ deploymentId }), dependencies);
  const buyer = { ...BUYER, tenantId, adminEmail: `admin@${tenantId}.example` };
  const registrationId = `registration-of-${tenantId}`;
  const { operationId = '' } = await signUp(buyer, OPERATOR, {
    ...dependencies,
    newId: () => registrationId,
  });
  const { telemetry } = silentTelemetry();
  const common = { ...dependencies, telemetry, audit: async () => undefined };
  const accounts = new MemoryAccounts();
  const rowsOf = (id: string) => dynamoUserRows(client, engine.tableName, userPartition(id));
  const services = {
    lifecycle: lifecycleService(common),
    operation: operationService(common),
    quota: quotaService({ ...common, enforcer: { enforce: async () => undefined } }),
    users: tenantUserService({ ...common, newId: newOperationId, open: () => ({ rowsOf, accounts }) }),
  };
  const send = (service: keyof typeof services, wanted: GatewayRequest) =>
    request(services[service], { role: 'SystemAdmin', ...wanted, params: { tenantId, ...wanted.params } });
  return { stage, operationId, send, accounts };
}

type Answer = Awaited<ReturnType<typeof request>>;

/** As often as it is told to send it again later. */
async function patiently(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
    expect(Number(answer.headers['Retry-After'])).toBeGreaterThan(0);
    expect(answer.headers['Content-Type']).toBe('application/problem+json');
    await pause(50);
  }
}

const many = <Result>(each: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => each(index)));

test('of many changes of one tenant at once one begins, and each other is told which one runs', async () => {
  const { stage, operationId, send } = await open('hooli');
  await stage.machine.run(operationId);
  const at = '/tenants/{tenantId}';
  const changes: readonly GatewayRequest[] = [
    { method: 'POST', resource: `${at}/deactivate` },
    { method: 'PUT', resource: `${at}/tier`, body: { tier: 'premium' } },
    { method: 'DELETE', resource: at, body: { confirm: BUYER.name, retentionDays: 1 } },
  ];
  const answers = await many((index) =>
    patiently(() => send('lifecycle', changes[index % changes.length] as GatewayRequest)),
  );
  const begun = answers.filter(({ status }) => status === 202);
  expect(begun).toHaveLength(1);
  const refused = answers.filter((answer) => answer !== begun[0]);
  for (const { status, body } of refused) {
    expect(status).toBe(409);
    expect(body.detail).toContain(`operation ${begun[0]?.body.operationId}`);
  }
});

test('a failed operation that many retry and many cancel goes one way, and everybody is told', async () => {
  const { stage, operationId, send } = await open('initech');
  stage.deployment.usageKeys.create = () => Promise.reject(new Error('out of order'));
  await stage.machine.run(operationId);
  const answers = await many((index) =>
    patiently(() =>
      send('operation', {
        method: 'POST',
        resource: `/operations/{operationId}/${index % 2 === 0 ? 'retry' : 'cancel'}`,
        params: { operationId },
      }),
    ),
  );
  expect(
    [...new Set(answers.map(({ status }) => status))].every((status) => [202, 409].includes(status)),
  ).toBe(true);
  expect(answers.some(({ status }) => status === 202)).toBe(true);
  for (const { status, body } of answers)
    if (status === 409) expect(body.detail).toContain(`operation ${operationId}`);
  const { body } = await send('operation', {
    method: 'GET',
    resource: '/operations/{operationId}',
    params: { operationId },
  });
  expect(['pending', 'compensating']).toContain(body.status);
});

test('limits that many set at once are each kept in turn, and the last one stands', async () => {
  const { stage, operationId, send } = await open('umbrella');
  await stage.machine.run(operationId);
  const resource = '/tenants/{tenantId}/quota';
  const answers = await many((index) => {
    const body = { throttle: { burst: index + 1, rate: 1 }, quota: { requestsPerDay: 9 } };
    return patiently(() => send('quota', { method: 'PUT', resource, body }));
  });
  expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
  const { body } = await send('quota', { method: 'GET', resource });
  expect(answers.map((answer) => answer.body.override.throttle.burst)).toContain(
    body.override.throttle.burst,
  );
});

test('administrators that are made at once are counted each, and the last of them cannot be removed', async () => {
  const { stage, operationId, send, accounts } = await open('stark');
  await stage.machine.run(operationId);
  const resource = '/tenants/{tenantId}/users';
  const nameOf = (index: number) => `admin-${index}@stark.example`;
  const made = await many((index) => {
    const body = { userName: nameOf(index), role: 'TenantAdmin' };
    return settled(() => send('users', { method: 'POST', resource, body }));
  });
  // Who met too many others to see the end of it finds it done.
  for (const { status, body } of made) if (status !== 201) expect(body.detail).toMatch(/^there is a user/);
  const removed = await many((index) => {
    const params = { userName: nameOf(index) };
    return settled(() => send('users', { method: 'DELETE', resource: `${resource}/{userName}`, params }));
  });
  const left = removed.filter(({ status }) => status !== 204 && status !== 404);
  expect(left.map(({ status }) => status)).toEqual([409]);
  expect(left[0]?.body.detail).toContain('last enabled');
  expect(accounts.people.size).toBe(1);
});

/** Until nobody is at work on the user any more; the rehearsal's clock is ahead of every lease. */
async function settled(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await patiently(send);
    if (!String(answer.body?.detail).includes('is being changed')) return answer;
  }
}
