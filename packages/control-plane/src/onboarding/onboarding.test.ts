import { ONBOARDING_STEPS, type OnboardingStep } from '@granary/api';
import fc from 'fast-check';
import { registerDeployment } from '../deployment/deployment-registry';
import { readRegistration } from '../registration/registration-record';
import { signUp } from '../registration/sign-up';
import { BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { PermanentStepError, TransientStepError } from '../workflow/step-error';
import { failOnboarding } from './fail-onboarding';
import { takeStep } from './onboarding';

async function signedUp(): Promise<{ readonly stage: Rehearsal; readonly id: string }> {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const { registrationId } = await signUp(BUYER, stage.dependencies);
  return { stage, id: registrationId };
}

/** All that onboarding leaves behind, but for times and counts of attempts. */
async function outcome(stage: Rehearsal, id: string) {
  const registration = await readRegistration(stage.table, id);
  const tenant = await readTenant(stage.table, BUYER.tenantId);
  const { deployment } = stage;
  return {
    registration: registration?.status,
    steps: ONBOARDING_STEPS.map((step) => registration?.steps[step].status),
    tenant: [tenant?.status, tenant?.usageKeyId],
    keys: [...deployment.keys],
    plans: [...deployment.plans],
    directory: [...deployment.entries.values()].map(({ updatedAt: _, ...entry }) => entry),
    people: [...deployment.people],
  };
}

const DONE = {
  registration: 'succeeded',
  steps: ['succeeded', 'succeeded', 'succeeded', 'succeeded'],
  tenant: ['active', 'key1'],
  keys: [['key1', { name: 'granary-hooli', value: 'secret-of-key1' }]],
  plans: [['key1', 'plan1']],
  directory: [
    {
      tenantId: 'hooli',
      name: 'Hooli Inc',
      tier: 'basic',
      usageKey: 'secret-of-key1',
      usageKeyId: 'key1',
      registrationId: 'registration-00000001',
      status: 'active',
    },
  ],
  people: [['gavin@hooli.example', { email: 'gavin@hooli.example', tenantId: 'hooli', tier: 'basic' }]],
};

test('the steps in order make a tenant with a key of its own, a directory entry and an administrator', async () => {
  const { stage, id } = await signedUp();
  await stage.onboard(id);
  expect(await outcome(stage, id)).toEqual(DONE);
});

test('every step taken twice ends as taken once, and says so in its attempts', async () => {
  const { stage, id } = await signedUp();
  for (const step of ONBOARDING_STEPS) {
    await takeStep(id, step, stage.dependencies);
    await takeStep(id, step, stage.dependencies);
  }
  expect(await outcome(stage, id)).toEqual(DONE);
  const steps = (await readRegistration(stage.table, id))?.steps;
  expect(steps?.['create-usage-key'].attempts).toBe(2);
  // The last step's success ends the registration: there is nothing to take again.
  expect(steps?.activate.attempts).toBe(1);
});

test('the key\u2019s value goes to the deployment\u2019s directory and nowhere else', async () => {
  const { stage, id } = await signedUp();
  await stage.onboard(id);
  expect(JSON.stringify(stage.table.all())).not.toContain('secret-of-key1');
});

const crashPoint = fc.record({
  call: fc.integer({ min: 1, max: 10 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

test('a process that dies anywhere in any step, again and again, ends in the same state', async () => {
  const crashes = fc.record({
    'create-usage-key': fc.array(crashPoint, { maxLength: 3 }),
    'admit-tenant': fc.array(crashPoint, { maxLength: 3 }),
    'create-admin': fc.array(crashPoint, { maxLength: 3 }),
    activate: fc.array(crashPoint, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(crashes, async (schedule) => {
      const { stage, id } = await signedUp();
      for (const step of ONBOARDING_STEPS)
        for (const point of [...schedule[step], undefined])
          await stage.crashes
            .run(point, () => takeStep(id, step, stage.dependencies))
            .catch((error) => expect(error).toBeInstanceOf(Error));
      expect(await outcome(stage, id)).toEqual(DONE);
    }),
    { numRuns: 300 },
  );
});

test('a sign-up that dies in any step, fails and is asked for again ends active, with nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ONBOARDING_STEPS),
      crashPoint,
      fc.array(crashPoint, { maxLength: 2 }),
      async (fatal: OnboardingStep, point, failCrashes) => {
        const { stage, id } = await signedUp();
        for (const step of ONBOARDING_STEPS.slice(0, ONBOARDING_STEPS.indexOf(fatal)))
          await takeStep(id, step, stage.dependencies);
        const died = await stage.crashes
          .run(point, () => takeStep(id, fatal, stage.dependencies))
          .then(
            () => false,
            () => true,
          );
        fc.pre(died);
        for (const failPoint of [...failCrashes, undefined])
          await stage.crashes
            .run(failPoint, () =>
              failOnboarding({ registrationId: id, step: 'fail', failedStep: fatal }, stage.dependencies),
            )
            .catch((error) => expect(error).toBeInstanceOf(Error));
        stage.executions.end(id);
        const failed = await outcome(stage, id);
        // Dead right after the last record: the tenant is whole, and giving up leaves it so.
        if (failed.registration === 'succeeded') return expect(failed).toEqual(DONE);
        expect(failed).toMatchObject({ registration: 'failed' });
        expect(failed.tenant[0]).toBe('failed');
        expect(failed.directory.map(({ status }) => status)).not.toContain('active');

        const again = await signUp(BUYER, stage.dependencies);
        await stage.onboard(again.registrationId);
        const { registrationId } = again;
        expect(await outcome(stage, registrationId)).toEqual({
          ...DONE,
          directory: DONE.directory.map((entry) => ({ ...entry, registrationId })),
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('an old run can do nothing to a tenant that a newer sign-up took over', async () => {
  const { stage, id } = await signedUp();
  await takeStep(id, 'create-usage-key', stage.dependencies);
  stage.executions.end(id);
  const { registrationId } = await signUp(BUYER, stage.dependencies);
  await expect(takeStep(id, 'admit-tenant', stage.dependencies)).rejects.toThrow('superseded');
  await stage.onboard(registrationId);
  await failOnboarding({ registrationId: id, step: 'fail', failedStep: 'activate' }, stage.dependencies);
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({ status: 'active' });
  expect(stage.deployment.entries.get('hooli')?.status).toBe('active');
});

test('an address that belongs to another tenant of the pool is not taken over', async () => {
  const { stage, id } = await signedUp();
  const stranger = { email: BUYER.adminEmail, tenantId: 'other', tier: 'basic' };
  stage.deployment.people.set(BUYER.adminEmail, stranger);
  await stage.onboard(id);
  expect(await outcome(stage, id)).toMatchObject({
    registration: 'failed',
    steps: ['succeeded', 'succeeded', 'failed', 'pending'],
    tenant: ['failed', 'key1'],
    people: [[BUYER.adminEmail, stranger]],
  });
  const registration = await readRegistration(stage.table, id);
  expect(registration?.steps['create-admin']).toMatchObject({ reason: 'email-taken' });
});

test('a key that sits on another plan is not moved', async () => {
  const { stage, id } = await signedUp();
  stage.deployment.keys.set('old', { name: 'granary-hooli', value: 'secret' });
  stage.deployment.plans.set('old', 'plan2');
  await expect(takeStep(id, 'create-usage-key', stage.dependencies)).rejects.toThrow(PermanentStepError);
});

test('a throttled call is worth another try, and the registration shows why it waits', async () => {
  const { stage, id } = await signedUp();
  const busy = Object.assign(new Error('slow down, 222222222222'), { name: 'TooManyRequestsException' });
  const open = () => ({
    ...stage.deployment,
    usageKeys: { ...stage.deployment.usageKeys, create: () => Promise.reject(busy) },
  });
  const step = takeStep(id, 'create-usage-key', { ...stage.dependencies, open });
  await expect(step).rejects.toThrow(TransientStepError);
  await expect(step).rejects.toThrow('onboarding step failed: busy');
  expect(await readRegistration(stage.table, id)).toMatchObject({
    status: 'running',
    steps: { 'create-usage-key': { status: 'failed', attempts: 1, reason: 'busy' } },
  });
});

test('a tenant that the directory does not know from this run is not activated', async () => {
  const { stage, id } = await signedUp();
  await takeStep(id, 'create-usage-key', stage.dependencies);
  await expect(takeStep(id, 'activate', stage.dependencies)).rejects.toThrow(PermanentStepError);
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({ status: 'provisioning' });
});

test('a run whose last answer was lost is not failed: its tenant is active', async () => {
  const { stage, id } = await signedUp();
  for (const step of ONBOARDING_STEPS) await takeStep(id, step, stage.dependencies);
  await failOnboarding({ registrationId: id, step: 'fail', failedStep: 'activate' }, stage.dependencies);
  expect(await outcome(stage, id)).toEqual(DONE);
});

test('a step that the state machine saw time out fails with that reason', async () => {
  const { stage, id } = await signedUp();
  const error = { Error: 'States.Timeout' };
  await failOnboarding(
    { registrationId: id, step: 'fail', failedStep: 'create-usage-key', error },
    stage.dependencies,
  );
  expect((await readRegistration(stage.table, id))?.steps['create-usage-key']).toMatchObject({
    status: 'failed',
    reason: 'timed-out',
  });
});
