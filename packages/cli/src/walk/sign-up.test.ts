import type { RegistrationInput } from '@granary/api';
import { controlClient } from '@granary/client';
import { tenant } from '../render/sample-fleet';
import { type FakeAnswer, FakeApi, type FakeRequest, problem } from './fake-api';
import type { Patience } from './patience';
import { activeTenant, signUpTenant } from './sign-up';

const INPUT: RegistrationInput = {
  tenantId: 'juniper',
  name: 'Juniper',
  tier: 'basic',
  adminEmail: 'admin@juniper.example.com',
};
const AT = '2026-11-24T00:00:00.000Z';
const ID = 'registration-0123456789';

const registration = (status: string, reason?: string): FakeAnswer => ({
  status: status === 'pending' ? 202 : 200,
  body: {
    registrationId: ID,
    tenantId: 'juniper',
    tier: 'basic',
    status,
    steps: [
      {
        step: 'provision',
        status: reason ? 'failed' : 'succeeded',
        attempts: 1,
        ...(reason ? { reason } : {}),
      },
    ],
    createdAt: AT,
    updatedAt: AT,
  },
});

let api: FakeApi | undefined;
afterEach(() => api?.close());

/** Time passes by being waited for. */
function patience(): Patience {
  let now = 0;
  return {
    timeoutMs: 1000,
    intervalMs: 250,
    now: () => now,
    pause: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

async function open(...answers: readonly FakeAnswer[]) {
  const queue = [...answers];
  api = await FakeApi.open(
    (_: FakeRequest) => (queue.length > 1 ? queue.shift() : queue[0]) ?? problem(500, 'nothing left'),
  );
  return controlClient({ baseUrl: api.url });
}

test('a sign-up is followed until its onboarding has succeeded', async () => {
  const anyone = await open(registration('pending'), registration('running'), registration('succeeded'));
  expect(await signUpTenant(anyone, INPUT, patience())).toBe('signed up');
  expect(api?.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /registrations',
    `GET /registrations/${ID}`,
    `GET /registrations/${ID}`,
  ]);
  expect(api?.requests[0]?.body).toEqual(INPUT);
});

test('a tenant of an earlier start is found, not made again', async () => {
  const anyone = await open(problem(409, 'Conflict'));
  expect(await signUpTenant(anyone, INPUT, patience())).toBe('was there');
});

test('an onboarding that fails tells its step and reason', async () => {
  const anyone = await open(registration('pending'), registration('failed', 'the plan is gone'));
  await expect(signUpTenant(anyone, INPUT, patience())).rejects.toThrow(
    'the onboarding of "juniper" failed at provision: the plan is gone',
  );
});

test('an onboarding that does not end is given up after a while', async () => {
  const anyone = await open(registration('pending'), registration('running'));
  await expect(signUpTenant(anyone, INPUT, patience())).rejects.toThrow(
    'waited 1 s in vain for the onboarding of "juniper"',
  );
});

test('a silo tenant is waited for from before it is known until it is active', async () => {
  const known = (status: 'provisioning' | 'active') => ({
    status: 200,
    body: tenant('acme', 'acme', { status }),
  });
  const operator = await open(problem(404, 'Not found'), known('provisioning'), known('active'));
  expect(await activeTenant(operator, 'acme', patience())).toMatchObject({ status: 'active' });
});

test('a tenant whose onboarding failed is not waited for', async () => {
  const operator = await open({ status: 200, body: tenant('acme', 'acme', { status: 'failed' }) });
  await expect(activeTenant(operator, 'acme', patience())).rejects.toThrow(
    'onboarding of tenant "acme" failed',
  );
});
