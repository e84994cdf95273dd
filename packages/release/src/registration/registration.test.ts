import type { DeploymentRegistration } from '@granary/api';
import { FakeClock } from '../testing/fake-clock';
import { type Invocation, register } from './registration';

const SILO: DeploymentRegistration = {
  deploymentId: 'acme',
  kind: 'silo',
  account: '222222222222',
  region: 'us-east-1',
  wave: 'canary',
  release: 'abcdef0123',
  apiUrl: 'https://api.example.com/prod/',
  userPoolId: 'us-east-1_abc',
  userPoolClientId: 'client',
  provisioningRoleArn: 'arn:aws:iam::222222222222:role/granary-acme-provision',
  tenantTableName: 'tenants',
  usagePlanIds: { platinum: 'plan1' },
  tenant: { tenantId: 'acme', name: 'Acme', tier: 'platinum', adminEmail: 'admin@acme.example.com' },
};
const { tenant: _, ...pool } = { ...SILO, deploymentId: 'pool-us', kind: 'pool' as const };

/** What the function answers for a tenant at a status, with its current step. */
function answer(status: string, step?: { status: string; reason?: string }): Invocation {
  const steps = step
    ? [
        { step: 'provision', status: 'succeeded' },
        { step: 'create-admin', ...step },
      ]
    : [];
  return {
    ok: true,
    payload: {
      deploymentId: 'acme',
      release: 'abcdef0123',
      kind: 'silo',
      tenant: { tenantId: 'acme', status, steps },
    },
  };
}

/** Runs a registration against answers in order, the last one for good. */
function run(registration: DeploymentRegistration, answers: readonly Invocation[]) {
  const left = [...answers];
  const clock = new FakeClock();
  const calls: object[] = [];
  const printed: string[] = [];
  const invoke = async (payload: object): Promise<Invocation> => {
    calls.push(payload);
    return (left.length > 1 ? left.shift() : left[0]) as Invocation;
  };
  return {
    calls,
    printed,
    clock,
    done: register(registration, { invoke, clock, print: (line) => printed.push(line) }),
  };
}

const refused = (errorType: string, message: string): Invocation => ({ ok: false, errorType, message });

test('a pool is registered once and not waited for', async () => {
  const { done, calls } = run(pool, [
    { ok: true, payload: { deploymentId: 'pool-us', release: 'abcdef0123' } },
  ]);
  await done;
  expect(calls).toEqual([pool]);
});

test('a silo is waited for until its tenant is active', async () => {
  const { done, calls, printed } = run(SILO, [
    answer('provisioning'),
    answer('provisioning', { status: 'running' }),
    answer('provisioning', { status: 'running' }),
    answer('active'),
  ]);
  await done;
  expect(calls).toEqual([SILO, { check: 'acme' }, { check: 'acme' }, { check: 'acme' }]);
  expect(printed).toEqual([
    'registered "acme" with release abcdef0123',
    'tenant "acme" is provisioning, step create-admin running',
    'tenant "acme" is active',
  ]);
});

test('a tenant that an operator has deactivated does not stop a release', async () => {
  await run(SILO, [answer('inactive')]).done;
});

test('a tenant that cannot be onboarded fails the step with the reason', async () => {
  await expect(
    run(SILO, [
      answer('provisioning'),
      answer('failed', { status: 'failed', reason: 'the address was refused' }),
    ]).done,
  ).rejects.toThrow('tenant "acme" is failed, step create-admin failed: the address was refused');
});

test('a tenant that never becomes active fails the step after a quarter of an hour', async () => {
  const { done, clock } = run(SILO, [answer('provisioning')]);
  await expect(done).rejects.toThrow(/was not active after 15 minutes/);
  expect(clock.now()).toBeLessThanOrEqual(900_000);
});

test.each(['InvalidDeploymentError', 'DeploymentConflictError'])('%s is final', async (errorType) => {
  const { done, calls } = run(pool, [refused(errorType, 'give it another id')]);
  await expect(done).rejects.toThrow('the control plane refused: give it another id');
  expect(calls).toHaveLength(1);
});

test('another fault of the function is tried again for a minute at most', async () => {
  const healed = run(pool, [
    refused('TimeoutError', 'slow'),
    { ok: true, payload: { deploymentId: 'pool-us', release: 'abcdef0123' } },
  ]);
  await healed.done;
  expect(healed.calls).toHaveLength(2);
  const broken = run(pool, [refused('TimeoutError', 'slow')]);
  await expect(broken.done).rejects.toThrow('the control plane does not answer: TimeoutError: slow');
  expect(broken.clock.now()).toBeLessThanOrEqual(60_000);
});

test('an answer that is no deployment fails the step', async () => {
  await expect(run(pool, [{ ok: true, payload: {} }]).done).rejects.toThrow(/no deployment/);
});
