import { registrationSchema } from '@granary/api';
import { registerDeployment } from '../deployment/deployment-registry';
import { request, silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { PermanentStepError } from '../workflow/step-error';
import { newRegistrationId } from './registration-id';
import { registrationService } from './registration-service';

async function open() {
  const stage = new Rehearsal();
  const { telemetry, logged } = silentTelemetry();
  const handler = registrationService({ ...stage.dependencies, newId: newRegistrationId, telemetry });
  await registerDeployment(registrationOf(), stage.dependencies);
  const post = (body: unknown) => request(handler, { method: 'POST', resource: '/registrations', body });
  const get = (registrationId: string) =>
    request(handler, {
      method: 'GET',
      resource: '/registrations/{registrationId}',
      params: { registrationId },
    });
  return { stage, handler, post, get, logged };
}

test('a sign-up is accepted and can be followed by its id', async () => {
  const { stage, post, get } = await open();
  const accepted = await post(BUYER);
  expect(accepted.status).toBe(202);
  await stage.onboard(accepted.body.registrationId);
  const followed = await get(accepted.body.registrationId);
  expect(followed).toMatchObject({ status: 200, body: { status: 'succeeded', tenantId: 'hooli' } });
  expect(followed.headers['Cache-Control']).toBe('no-store');
  expect(registrationSchema.parse(followed.body).steps.map(({ step, status }) => [step, status])).toEqual([
    ['create-usage-key', 'succeeded'],
    ['admit-tenant', 'succeeded'],
    ['create-admin', 'succeeded'],
    ['activate', 'succeeded'],
  ]);
});

test('a failed step tells why in words, and nothing of what AWS said', async () => {
  const { stage, post, get } = await open();
  const { body } = await post(BUYER);
  const cause = new Error(
    'User: arn:aws:sts::222222222222:assumed-role/x is not authorized on us-east-1_Pool',
  );
  const refuse = () => Promise.reject(new PermanentStepError('email-refused', { cause }));
  stage.deployment.users.invite = refuse;
  await stage.onboard(body.registrationId);
  const { body: view } = await get(body.registrationId);
  expect(view).toMatchObject({ status: 'failed' });
  expect(view.steps[2]).toEqual({
    step: 'create-admin',
    status: 'failed',
    attempts: 1,
    reason: 'no invitation can be sent to this e-mail address',
    endedAt: expect.any(String),
  });
});

test('the view holds what it is to hold and nothing else of the records', async () => {
  const { stage, post, get } = await open();
  const { body } = await post(BUYER);
  await stage.onboard(body.registrationId);
  const { body: view } = await get(body.registrationId);
  expect(Object.keys(view).sort()).toEqual(
    ['createdAt', 'registrationId', 'status', 'steps', 'tenantId', 'tier', 'updatedAt'].sort(),
  );
  const text = JSON.stringify(view);
  for (const internal of [
    'arn:',
    'pool-us',
    '222222222222',
    'us-east-1',
    'gavin',
    'key1',
    'plan1',
    'revision',
  ])
    expect(text).not.toContain(internal);
});

test('a taken id is a conflict, a dedicated tier and a bad id are mistakes', async () => {
  const { post } = await open();
  await post(BUYER);
  expect(await post({ ...BUYER, adminEmail: 'a@b.example' })).toMatchObject({
    status: 409,
    body: { type: 'urn:granary:problem:conflict', detail: 'the tenant id "hooli" is taken; choose another' },
  });
  expect(await post({ ...BUYER, tier: 'platinum', tenantId: 'x2y' })).toMatchObject({
    status: 400,
    body: { violations: [{ in: 'body', pointer: '/tier' }] },
  });
  expect(await post({ ...BUYER, tenantId: '*', role: 'SystemAdmin' })).toMatchObject({ status: 400 });
});

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

test('ids are new each time, of 192 bits, and fit for an execution\u2019s name', () => {
  const ids = Array.from({ length: 1000 }, newRegistrationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{32}$/);
});

test('the service says that it runs', async () => {
  const { handler } = await open();
  const health = await request(handler, { method: 'GET', resource: '/health/registration' });
  expect(health).toMatchObject({ status: 200, body: { service: 'registration', status: 'ok' } });
});
