import { registrationSchema } from '@granary/api';
import { registerDeployment } from '../deployment/deployment-registry';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, Rehearsal, registrationOf, SILO } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { cancelOperation } from '../workflow/change-operation';
import { resumeWait } from '../workflow/resume-wait';
import { PermanentStepError } from '../workflow/step-error';
import { AWAITING_LIMIT } from './approval';
import { newRegistrationId } from './registration-id';
import { registrationService } from './registration-service';

const DEDICATED = { ...BUYER, tenantId: 'acme', tier: 'platinum', adminEmail: 'admin@acme.example' };

async function open() {
  const stage = new Rehearsal();
  const { telemetry, logged } = silentTelemetry();
  const audited: object[] = [];
  const audit = async (entry: object) => void audited.push(entry);
  const handler = registrationService({
    ...stage.dependencies,
    newId: newRegistrationId,
    telemetry,
    audit,
  });
  await registerDeployment(registrationOf(), stage.dependencies);
  const post = (body: unknown) => request(handler, { method: 'POST', resource: '/registrations', body });
  const at = (registrationId: string, rest: Partial<GatewayRequest>) =>
    request(handler, {
      method: 'GET',
      resource: '/registrations/{registrationId}',
      params: { registrationId },
      ...rest,
    });
  const on = (action: string, registrationId: string, body?: unknown) =>
    at(registrationId, {
      method: 'POST',
      resource: `/registrations/{registrationId}/${action}`,
      ...(body === undefined ? {} : { body, role: 'SystemAdmin' }),
    });
  const list = (query: Record<string, string> = {}) =>
    request(handler, { method: 'GET', resource: '/registrations', query, role: 'CustomerSupport' });
  return { stage, handler, post, get: (id: string) => at(id, {}), on, list, logged, audited };
}

test('a sign-up is accepted and can be followed by its id', async () => {
  const { stage, post, get } = await open();
  const accepted = await post(BUYER);
  expect(accepted.status).toBe(202);
  await stage.onboard('hooli');
  const followed = await get(accepted.body.registrationId);
  expect(followed).toMatchObject({ status: 200, body: { status: 'succeeded', tenantId: 'hooli' } });
  expect(followed.headers['Cache-Control']).toBe('no-store');
  const { steps } = registrationSchema.parse(followed.body);
  expect(steps.map(({ step, status }) => [step, status])).toEqual([
    ['validate', 'succeeded'],
    ['reserve', 'succeeded'],
    ['request-deployment', 'skipped'],
    ['provision', 'succeeded'],
    ['create-admin', 'succeeded'],
    ['welcome', 'skipped'],
    ['activate', 'succeeded'],
  ]);
  for (const step of steps) expect(Date.parse(step.endedAt ?? '')).toBeGreaterThan(0);
});

test('a failed step tells why in words, and nothing of what AWS said', async () => {
  const { stage, post, get } = await open();
  const { body } = await post(BUYER);
  const cause = new Error('User: arn:aws:sts::222222222222:assumed-role/x is not authorized');
  stage.deployment.users.invite = () =>
    Promise.reject(new PermanentStepError('email-undelivered', { cause }));
  await stage.onboard('hooli');
  const { body: view } = await get(body.registrationId);
  expect(view).toMatchObject({ status: 'failed' });
  expect(view.steps[4]).toEqual({
    step: 'create-admin',
    status: 'failed',
    attempts: 1,
    reason: 'the invitation could not be delivered to this e-mail address',
    startedAt: expect.any(String),
    endedAt: expect.any(String),
  });
});

test('who holds the id has a failed registration tried again, and it goes on at the step that failed', async () => {
  const { stage, post, get, on } = await open();
  const { registrationId } = (await post(BUYER)).body;
  const { invite } = stage.deployment.users;
  stage.deployment.users.invite = () => Promise.reject(new Error('out of order'));
  await stage.onboard('hooli');
  stage.deployment.users.invite = invite;
  expect(await on('retry', registrationId)).toMatchObject({ status: 202, body: { status: 'pending' } });
  await stage.onboard('hooli');
  const { body } = await get(registrationId);
  expect(body.status).toBe('succeeded');
  expect(body.steps.map(({ attempts }: { attempts: number }) => attempts)).toEqual([1, 1, 1, 1, 4, 1, 1]);
  expect(await on('retry', registrationId)).toMatchObject({ status: 409 });
});

test('the view holds what it is to hold and nothing else of the records', async () => {
  const { stage, post, get } = await open();
  const { body } = await post(BUYER);
  await stage.onboard('hooli');
  const { body: view } = await get(body.registrationId);
  expect(Object.keys(view).sort()).toEqual(
    ['createdAt', 'registrationId', 'status', 'steps', 'tenantId', 'tier', 'updatedAt'].sort(),
  );
  const text = JSON.stringify(view);
  for (const internal of ['arn:', 'pool-us', '2222', 'us-east-1', 'gavin', 'key1', 'plan1', 'revision'])
    expect(text).not.toContain(internal);
});

test('no event, no audit line and no log holds a registration\u2019s id, which is a permission', async () => {
  const { stage, post, on, logged, audited } = await open();
  const { registrationId } = (await post(BUYER)).body;
  await on('retry', registrationId);
  await stage.onboard('hooli');
  const outbox = stage.table.all().filter(({ sk }) => sk === 'OUTBOX');
  expect(outbox.length).toBeGreaterThan(5);
  expect(JSON.stringify([outbox, logged, audited])).not.toContain(registrationId);
  expect(JSON.stringify(outbox)).not.toContain('gavin');
});

test('a taken id is a conflict, a bad id is a mistake', async () => {
  const { post } = await open();
  await post(BUYER);
  expect(await post({ ...BUYER, adminEmail: 'a@b.example' })).toMatchObject({
    status: 409,
    body: { type: 'urn:granary:problem:conflict', detail: 'the tenant id "hooli" is taken; choose another' },
  });
  expect(await post({ ...BUYER, tenantId: '*', role: 'SystemAdmin' })).toMatchObject({ status: 400 });
});

test('a dedicated tier waits for an operator, reserves nothing, and the same request finds it', async () => {
  const { stage, post, get, list } = await open();
  const { status, body } = await post(DEDICATED);
  expect([status, body.status, body.steps]).toEqual([202, 'awaiting-approval', []]);
  expect((await post(DEDICATED)).body.registrationId).toBe(body.registrationId);
  expect(await readTenant(stage.table, 'acme')).toBeUndefined();
  expect(stage.executions.states.size).toBe(0);
  expect((await get(body.registrationId)).body.status).toBe('awaiting-approval');
  const { items } = (await list({ status: 'awaiting-approval' })).body;
  expect(items).toMatchObject([{ tenantId: 'acme', name: 'Hooli Inc', adminEmail: 'admin@acme.example' }]);
});

test('an approved registration adds the tenant to the manifest and waits until its deployment is registered', async () => {
  const { stage, post, get, on, list, audited } = await open();
  const { registrationId } = (await post(DEDICATED)).body;
  expect((await on('approve', registrationId, { cell: 'eu-1' })).body.status).toBe('pending');
  await on('approve', registrationId, {});
  expect(await stage.onboard('acme')).toBe('waiting');
  expect((await get(registrationId)).body.status).toBe('waiting');
  expect((await list({ status: 'waiting' })).body.items).toHaveLength(1);
  const manifest = JSON.parse(stage.manifest.repository.log().at(-1)?.text ?? '');
  expect(manifest.tenants).toEqual([
    { id: 'acme', name: 'Hooli Inc', tier: 'platinum', cell: 'eu-1', adminEmail: 'admin@acme.example' },
  ]);
  await registerDeployment(SILO, stage.dependencies);
  expect(stage.executions.told.size).toBe(1);
  expect(await stage.onboard('acme')).toBe('ended');
  expect((await get(registrationId)).body.status).toBe('succeeded');
  // The manifest's word holds where it differs from what was asked for.
  expect(await readTenant(stage.table, 'acme')).toMatchObject({ status: 'active', name: 'Acme' });
  expect(stage.manifest.repository.log()).toHaveLength(2);
  expect(audited).toMatchObject([
    { action: 'approveRegistration', tenantId: 'acme', actor: { userName: 'olivia' } },
    { action: 'approveRegistration' },
  ]);
});

test('a deployment that nobody makes is not waited for for ever, and what was asked for is taken back', async () => {
  const { stage, post, get, on } = await open();
  const { registrationId } = (await post(DEDICATED)).body;
  await on('approve', registrationId, {});
  await stage.onboard('acme');
  const { operationId = '' } = (await readTenant(stage.table, 'acme'))?.operation ?? {};
  await stage.machine.timeOut(operationId);
  const { body } = await get(registrationId);
  expect(body).toMatchObject({ status: 'failed' });
  expect(body.steps[2].reason).toMatch(/nobody answered in time/);
  await cancelOperation(operationId, stage.dependencies);
  await stage.machine.run(operationId);
  expect((await get(registrationId)).body.status).toBe('compensated');
  expect(JSON.parse(stage.manifest.repository.log().at(-1)?.text ?? '').tenants).toEqual([]);
  expect(await readTenant(stage.table, 'acme')).toBeUndefined();
});

test('a registration that failed follows the onboarding that the pipeline begins anew', async () => {
  const { stage, post, get, on } = await open();
  const { registrationId } = (await post(DEDICATED)).body;
  await on('approve', registrationId, {});
  await stage.onboard('acme');
  const { operationId: first = '' } = (await readTenant(stage.table, 'acme'))?.operation ?? {};
  await stage.machine.timeOut(first);
  await registerDeployment(SILO, stage.dependencies);
  expect((await get(registrationId)).body.status).toBe('pending');
  await stage.onboard('acme');
  expect((await get(registrationId)).body.status).toBe('succeeded');
});

test('a rejected registration says why, and can no longer be approved', async () => {
  const { post, get, on } = await open();
  const { registrationId } = (await post(DEDICATED)).body;
  await on('reject', registrationId, { reason: 'we do not know you' });
  expect((await get(registrationId)).body).toMatchObject({
    status: 'rejected',
    reason: 'we do not know you',
  });
  expect(await on('approve', registrationId, {})).toMatchObject({ status: 409 });
  expect(await on('retry', registrationId)).toMatchObject({ status: 409 });
});

test('so many registrations may wait for operators, and no more', async () => {
  const { post } = await open();
  for (let index = 0; index < AWAITING_LIMIT; index += 1)
    await post({ ...DEDICATED, tenantId: `acme-${index}` });
  expect(await post(DEDICATED)).toMatchObject({ status: 503, headers: { 'Retry-After': '86400' } });
});

test('an operator registers a tenant of a dedicated tier without anybody\u2019s approval', async () => {
  const { stage, handler } = await open();
  const create = (role: 'SystemAdmin' | 'CustomerSupport') =>
    request(handler, { method: 'POST', resource: '/tenants', body: DEDICATED, role });
  expect(await create('CustomerSupport')).toMatchObject({ status: 403 });
  expect(await create('SystemAdmin')).toMatchObject({ status: 202, body: { status: 'pending' } });
  expect(await readTenant(stage.table, 'acme')).toMatchObject({ model: 'silo', status: 'provisioning' });
});

test.each([
  ['succeeded', 'succeeded', 'active'],
  ['failed', 'compensated', undefined],
] as const)(
  'a foreign application plane is asked by an event, and its answer "%s" ends the wait',
  async (answer, status, tenantStatus) => {
    const { stage, handler, get } = await open();
    const bridged = { ...BUYER, tier: 'bridged' };
    const { body } = await request(handler, {
      method: 'POST',
      resource: '/tenants',
      body: bridged,
      role: 'SystemAdmin',
    });
    expect(await stage.onboard('hooli')).toBe('waiting');
    const events = stage.table.all().filter(({ detailType }) => detailType === 'sbt_aws_onboardingRequest');
    const { onboardingId: operationId = '' } = (await readTenant(stage.table, 'hooli')) ?? {};
    expect(events).toMatchObject([
      { detail: { tenantId: 'hooli', tenantRegistrationId: operationId, tier: 'bridged' } },
    ]);
    await resumeWait({ key: 'provision:hooli', outcome: answer }, stage.dependencies);
    await stage.machine.run(operationId);
    expect((await get(body.registrationId)).body.status).toBe(status);
    expect((await readTenant(stage.table, 'hooli'))?.status).toBe(tenantStatus);
    expect(stage.deployment.keys.size).toBe(0);
  },
);

test('a sign-up that cannot be started is answered 503, with when to come back and without the cause', async () => {
  const { stage, post, logged } = await open();
  stage.executions.outage = new Error('arn:aws:states:::stateMachine:onboarding');
  const answer = await post(BUYER);
  expect(answer).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
  expect(JSON.stringify(answer)).not.toContain('arn:');
  expect(logged).toHaveLength(1);
});

test('an unknown registration is not found', async () => {
  const { get } = await open();
  expect(await get('x'.repeat(32))).toMatchObject({ status: 404 });
});

test('ids are new each time, of 192 bits', () => {
  const ids = Array.from({ length: 1000 }, newRegistrationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{32}$/);
});

test('the service says that it runs', async () => {
  const { handler } = await open();
  const health = await request(handler, { method: 'GET', resource: '/health/registration' });
  expect(health).toMatchObject({ status: 200, body: { service: 'registration', status: 'ok' } });
});
