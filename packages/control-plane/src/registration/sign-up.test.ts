import {
  ConflictProblem,
  InvalidRequestProblem,
  NotFoundProblem,
  ServiceUnavailableProblem,
} from '@granary/api';
import fc from 'fast-check';
import { readDeployment } from '../deployment/deployment-record';
import { registerDeployment } from '../deployment/deployment-registry';
import { ANYONE, BUYER, Rehearsal, registrationOf, SILO } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { followSignUp } from './follow-sign-up';
import { type SignUpDependencies, signUp as signUpAs } from './sign-up';

const signUp = (input: typeof BUYER, dependencies: SignUpDependencies) =>
  signUpAs(input, ANYONE, dependencies);

async function open(): Promise<Rehearsal> {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  return stage;
}

const tenants = async (stage: Rehearsal, id = 'pool-us') => (await readDeployment(stage.table, id))?.tenants;

test('a sign-up reserves the id, is counted on its pool and starts onboarding', async () => {
  const stage = await open();
  const registration = await signUp({ ...BUYER, adminEmail: 'Gavin@Hooli.example' }, stage.dependencies);
  expect(registration).toMatchObject({ tenantId: 'hooli', status: 'pending' });
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({
    status: 'provisioning',
    model: 'pool',
    deploymentId: 'pool-us',
    adminEmail: 'gavin@hooli.example',
    onboardingId: registration.operationId,
    operation: { kind: 'onboarding', operationId: registration.operationId },
  });
  expect(await tenants(stage)).toBe(1);
  expect([...stage.executions.states]).toEqual([[`${registration.operationId}-1`, 'running']]);
});

test('nobody signs up for a tier that does not exist', async () => {
  const stage = await open();
  await expect(signUp({ ...BUYER, tier: 'constructor' }, stage.dependencies)).rejects.toThrow(
    'body /tier: "constructor" is no tier; choose one of basic, premium',
  );
  await expect(signUp({ ...BUYER, tier: 'gold' }, stage.dependencies)).rejects.toThrow(InvalidRequestProblem);
  expect(await readTenant(stage.table, 'hooli')).toBeUndefined();
});

test.each(['control-plane', 'pipeline', 'pool-us', 'acme'])(
  '%s is never free: it is a stack already',
  async (tenantId) => {
    const stage = await open();
    await registerDeployment(SILO, stage.dependencies);
    await expect(signUp({ ...BUYER, tenantId }, stage.dependencies)).rejects.toThrow(ConflictProblem);
  },
);

test('without a pool for the tier a sign-up reserves nothing', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf({ usagePlanIds: { premium: 'plan2' } }), stage.dependencies);
  await expect(signUp(BUYER, stage.dependencies)).rejects.toThrow(ServiceUnavailableProblem);
  expect(await readTenant(stage.table, 'hooli')).toBeUndefined();
});

test('of many sign-ups for one id exactly one wins, whatever their order', async () => {
  const buyers = fc.uniqueArray(
    fc.integer({ min: 1, max: 99 }).map((n) => `buyer${n}@hooli.example`),
    {
      minLength: 2,
      maxLength: 6,
      selector: (m) => m.toLowerCase(),
    },
  );
  await fc.assert(
    fc.asyncProperty(buyers, fc.scheduler(), async (emails, scheduler) => {
      const stage = await open();
      const slow = scheduleCalls(stage.dependencies.table, scheduler);
      const outcomes = Promise.allSettled(
        emails.map((adminEmail) => signUp({ ...BUYER, adminEmail }, { ...stage.dependencies, table: slow })),
      );
      await scheduler.waitFor(outcomes);
      const settled = await outcomes;
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of settled)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ConflictProblem);
      expect(await tenants(stage)).toBe(1);
      expect(stage.executions.states.size).toBe(1);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['silo', SILO],
  ['pool', registrationOf({ deploymentId: 'acme' })],
])('a sign-up and a %s that race for one id end with one of them', async (_, deployment) => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const stage = await open();
      const table = scheduleCalls(stage.dependencies.table, scheduler);
      const outcomes = Promise.allSettled([
        signUp({ ...BUYER, tenantId: 'acme' }, { ...stage.dependencies, table }),
        registerDeployment(deployment, { ...stage.dependencies, table }),
      ]);
      await scheduler.waitFor(outcomes);
      expect((await outcomes).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }),
    { numRuns: 50 },
  );
});

test('sign-ups one after the other fill the pools evenly', async () => {
  const stage = await open();
  await registerDeployment(registrationOf({ deploymentId: 'pool-eu' }), stage.dependencies);
  for (const tenantId of ['one', 'two', 'three', 'four', 'five'])
    await signUp({ ...BUYER, tenantId }, stage.dependencies);
  expect([await tenants(stage, 'pool-eu'), await tenants(stage, 'pool-us')]).toEqual([3, 2]);
});

test('a sign-up that could not be started is kept, and the same request starts it', async () => {
  const stage = await open();
  stage.executions.outage = new Error('arn:aws:states:us-east-1:222222222222:stateMachine:x is throttled');
  const refused = signUp(BUYER, stage.dependencies);
  await expect(refused).rejects.toThrow('kept but could not be started; send the same request again');
  const kept = await readTenant(stage.table, 'hooli');
  stage.executions.outage = undefined;
  await expect(signUp({ ...BUYER, adminEmail: 'other@hooli.example' }, stage.dependencies)).rejects.toThrow(
    ConflictProblem,
  );
  const registration = await signUp(BUYER, stage.dependencies);
  expect(registration.operationId).toBe(kept?.onboardingId);
  expect([...stage.executions.states.values()]).toEqual(['running']);
  expect(await tenants(stage)).toBe(1);
});

test('the same request again finds the registration while it runs, and the id taken once it succeeded', async () => {
  const stage = await open();
  const { registrationId } = await signUp(BUYER, stage.dependencies);
  expect((await signUp(BUYER, stage.dependencies)).registrationId).toBe(registrationId);
  await stage.onboard('hooli');
  await expect(signUp(BUYER, stage.dependencies)).rejects.toThrow(ConflictProblem);
});

test('a run that vanished without a word goes on when the same is asked for again', async () => {
  const stage = await open();
  const first = await signUp(BUYER, stage.dependencies);
  const operationId = String(first.operationId);
  stage.executions.end({ operationId, run: 1 });
  const next = await signUp(BUYER, stage.dependencies);
  expect(next.registrationId).toBe(first.registrationId);
  expect(stage.executions.states.get(`${operationId}-2`)).toBe('running');
  await stage.onboard('hooli');
  expect(await followSignUp(stage.table, first.registrationId)).toMatchObject({ status: 'succeeded' });
  expect(await tenants(stage)).toBe(1);
});

test('cut off at any point, the same request again ends as if nothing had happened', async () => {
  const crash = fc.record({ call: fc.integer({ min: 1, max: 7 }), when: fc.constantFrom('before', 'after') });
  await fc.assert(
    fc.asyncProperty(crash, async (point) => {
      const stage = await open();
      await stage.crashes.run(point, () => signUp(BUYER, stage.dependencies)).catch(() => undefined);
      await stage.crashes.run(undefined, () => signUp(BUYER, stage.dependencies));
      await stage.onboard('hooli');
      expect(await readTenant(stage.table, 'hooli')).toMatchObject({ status: 'active' });
      expect(await tenants(stage)).toBe(1);
      expect(stage.executions.states.size).toBe(1);
    }),
  );
});

test('an id that nobody was given leads nowhere', async () => {
  await expect(followSignUp(new Rehearsal().table, 'x'.repeat(32))).rejects.toThrow(NotFoundProblem);
});

function scheduleCalls<Port extends object>(port: Port, scheduler: fc.Scheduler): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return scheduler.scheduleFunction((...args: unknown[]) => member.apply(target, args));
    },
  });
}
