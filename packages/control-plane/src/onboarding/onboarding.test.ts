import fc from 'fast-check';
import { readDeployment } from '../deployment/deployment-record';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { ANYONE, BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { cancelOperation, retryOperation } from '../workflow/change-operation';
import { failStep } from '../workflow/fail-step';
import { readOperation } from '../workflow/operation-record';
import { PermanentStepError } from '../workflow/step-error';
import { takeStep } from '../workflow/take-step';
import { endUndoing, undoStep } from '../workflow/undo-step';
import { onboarding } from './onboarding';

const STEPS = onboarding.steps.map(({ name }) => name);

async function signedUp() {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const { operationId = '' } = await signUp(BUYER, ANYONE, stage.dependencies);
  const task = (step: string, run = 1) => ({ operationId, run, step });
  return { stage, operationId, task };
}

/** All that onboarding leaves behind, but for times and counts of attempts. */
async function outcome(stage: Rehearsal, operationId: string) {
  const operation = await readOperation(stage.table, operationId);
  const tenant = await readTenant(stage.table, BUYER.tenantId);
  const { deployment } = stage;
  return {
    operation: operation?.status,
    steps: operation?.steps.map(({ status }) => status),
    tenant: tenant && [tenant.status, tenant.usageKeyId, tenant.operation],
    placed: (await readDeployment(stage.table, 'pool-us'))?.tenants,
    keys: [...deployment.keys.values()].map(({ name }) => name),
    plans: [...deployment.plans.values()],
    directory: [...deployment.entries.values()].map(({ tenantId, status }) => [tenantId, status]),
    people: [...deployment.people.keys()],
  };
}

const DONE = {
  operation: 'succeeded',
  steps: ['succeeded', 'succeeded', 'skipped', 'succeeded', 'succeeded', 'skipped', 'succeeded'],
  tenant: ['active', 'key1', undefined],
  placed: 1,
  keys: ['granary-hooli'],
  plans: ['plan1'],
  directory: [['hooli', 'active']],
  people: ['gavin@hooli.example'],
};

const GONE = { tenant: undefined, placed: 0, keys: [], plans: [], directory: [], people: [] };

const crashPoint = fc.record({
  call: fc.integer({ min: 1, max: 12 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

test('the steps in order make a tenant with a key of its own, a directory entry and an administrator', async () => {
  const { stage, operationId } = await signedUp();
  await stage.onboard('hooli');
  expect(await outcome(stage, operationId)).toEqual(DONE);
});

test('every step taken twice ends as taken once', async () => {
  const { stage, operationId, task } = await signedUp();
  for (const step of STEPS) {
    await takeStep(task(step), stage.dependencies);
    await takeStep(task(step), stage.dependencies);
  }
  expect(await outcome(stage, operationId)).toEqual(DONE);
});

test('the key\u2019s value goes to the deployment\u2019s directory and nowhere else', async () => {
  const { stage } = await signedUp();
  await stage.onboard('hooli');
  expect(stage.deployment.entries.get('hooli')?.usageKey).toBe('secret-of-key1');
  expect(JSON.stringify(stage.table.all())).not.toContain('secret-of-key1');
});

test('a process that dies anywhere in any step, again and again, ends in the same state', async () => {
  const crashes = fc.array(fc.array(crashPoint, { maxLength: 3 }), {
    minLength: STEPS.length,
    maxLength: STEPS.length,
  });
  await fc.assert(
    fc.asyncProperty(crashes, async (schedule) => {
      const { stage, operationId, task } = await signedUp();
      for (const [index, step] of STEPS.entries())
        for (const point of [...(schedule[index] ?? []), undefined])
          await stage.crashes
            .run(point, () => takeStep(task(step), stage.dependencies))
            .catch((error) => expect(error).toBeInstanceOf(Error));
      expect(await outcome(stage, operationId)).toEqual(DONE);
    }),
    { numRuns: 200 },
  );
});

/** An onboarding that died in a step and was given up there, with a crash while that was recorded. */
async function diedIn(fatal: string, point: { call: number; when: 'before' | 'after' }) {
  const { stage, operationId, task } = await signedUp();
  const { dependencies } = stage;
  for (const step of STEPS.slice(0, STEPS.indexOf(fatal))) await takeStep(task(step), dependencies);
  const died = await stage.crashes
    .run(point, () => takeStep(task(fatal), dependencies))
    .then(
      () => false,
      () => true,
    );
  const fail = () =>
    failStep({ ...task(fatal), direction: 'do', error: { Error: 'Lambda.Unknown' } }, dependencies);
  if (died) {
    await stage.crashes.run(point, fail).catch(() => undefined);
    await stage.crashes.run(undefined, fail);
    stage.executions.end({ operationId, run: 1 });
  }
  return { stage, operationId, died };
}

test('an onboarding that died in any step and is retried ends active, with nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STEPS), crashPoint, async (fatal, point) => {
      const { stage, operationId, died } = await diedIn(fatal, point);
      fc.pre(died);
      const failed = await outcome(stage, operationId);
      if (failed.operation === 'succeeded') return expect(failed).toEqual(DONE);
      if (failed.operation === 'failed') {
        expect(failed.tenant?.[0]).toBe('failed');
        expect(failed.directory).not.toContainEqual(['hooli', 'active']);
      }
      await retryOperation(operationId, stage.dependencies);
      await stage.machine.run(operationId);
      expect(await outcome(stage, operationId)).toEqual(DONE);
    }),
    { numRuns: 300 },
  );
});

test('an onboarding that died in any step and is cancelled leaves nothing, wherever the undoing dies', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...STEPS),
      crashPoint,
      fc.array(fc.tuple(fc.nat(STEPS.length), crashPoint), { maxLength: 3 }),
      async (fatal, point, crashes) => {
        const { stage, operationId, died } = await diedIn(fatal, point);
        fc.pre(died && (await readOperation(stage.table, operationId))?.status === 'failed');
        await cancelOperation(operationId, stage.dependencies);
        const task = { operationId, run: 2 };
        for (const [index, step] of [...STEPS].reverse().entries())
          for (const again of [...crashes.flatMap(([at, each]) => (at === index ? [each] : [])), undefined])
            await stage.crashes
              .run(again, () => undoStep({ ...task, step }, stage.dependencies))
              .catch((error) => expect(error).toBeInstanceOf(Error));
        await endUndoing(task, stage.dependencies);
        expect(await outcome(stage, operationId)).toMatchObject({ operation: 'compensated', ...GONE });
      },
    ),
    { numRuns: 300 },
  );
});

test('an address that belongs to another tenant of the pool is found before anything is made', async () => {
  const { stage, operationId } = await signedUp();
  const stranger = { email: BUYER.adminEmail, tenantId: 'other', tier: 'basic' };
  stage.deployment.people.set(BUYER.adminEmail, stranger);
  await stage.onboard('hooli');
  expect(await outcome(stage, operationId)).toMatchObject({
    ...GONE,
    operation: 'compensated',
    people: [BUYER.adminEmail],
  });
  const operation = await readOperation(stage.table, operationId);
  expect(operation?.steps[0]).toMatchObject({ name: 'validate', status: 'failed', reason: 'email-taken' });
});

test('an address that no mail reaches is given up, and what was made before is taken back and shown so', async () => {
  const { stage, operationId } = await signedUp();
  stage.deployment.users.invite = () => Promise.reject(new PermanentStepError('email-refused'));
  await stage.onboard('hooli');
  expect(await outcome(stage, operationId)).toEqual({
    ...GONE,
    operation: 'compensated',
    steps: ['succeeded', 'undone', 'skipped', 'undone', 'undone', 'pending', 'pending'],
  });
  const operation = await readOperation(stage.table, operationId);
  expect(operation?.steps[4]).toMatchObject({ status: 'undone', reason: 'email-refused' });
});

test('a key that sits on another plan is not moved', async () => {
  const { stage, operationId } = await signedUp();
  stage.deployment.keys.set('old', { name: 'granary-hooli', value: 'secret' });
  stage.deployment.plans.set('old', 'plan2');
  await stage.onboard('hooli');
  expect(stage.deployment.plans.get('old')).toBe('plan2');
  expect(await outcome(stage, operationId)).toMatchObject({ operation: 'failed' });
});

test('a pool that is full turns the tenant away', async () => {
  const { stage, operationId } = await signedUp();
  const key = { pk: 'DEPLOYMENT#pool-us', sk: 'DEPLOYMENT' };
  await stage.table.write([{ type: 'update', key, add: { tenants: 9000 }, expect: { kind: 'present' } }]);
  await stage.onboard('hooli');
  const operation = await readOperation(stage.table, operationId);
  expect(operation).toMatchObject({
    status: 'compensated',
    steps: [{ reason: 'no-capacity' }, {}, {}, {}, {}, {}, {}],
  });
});

test('a throttled call is worth another try, and the operation shows why it waits', async () => {
  const { stage, operationId, task } = await signedUp();
  for (const step of STEPS.slice(0, 3)) await takeStep(task(step), stage.dependencies);
  const busy = Object.assign(new Error('slow down, 222222222222'), { name: 'TooManyRequestsException' });
  stage.deployment.usageKeys.create = () => Promise.reject(busy);
  await expect(takeStep(task('provision'), stage.dependencies)).rejects.toThrow('step failed: busy');
  const operation = await readOperation(stage.table, operationId);
  expect(operation).toMatchObject({ status: 'running' });
  expect(operation?.steps[3]).toMatchObject({ status: 'failed', attempts: 1, reason: 'busy' });
});

test('a tenant that the directory does not know from this run is not activated', async () => {
  const { stage, task } = await signedUp();
  await expect(takeStep(task('activate'), stage.dependencies)).rejects.toThrow(PermanentStepError);
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({ status: 'provisioning' });
});

test('a welcome mail is sent where one is set up', async () => {
  const { stage } = await signedUp();
  const sent: object[] = [];
  const mail = { send: async (welcome: object) => void sent.push(welcome) };
  Object.assign(stage.dependencies, { ports: { ...stage.dependencies.ports, mail } });
  await stage.onboard('hooli');
  expect(sent).toEqual([{ to: 'gavin@hooli.example', tenantId: 'hooli', tenantName: 'Hooli Inc' }]);
});

test('two hundred sign-ups at once end active or failed with a reason, and each id is one tenant\u2019s', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const buyers = Array.from({ length: 200 }, (_, index) => ({
    ...BUYER,
    tenantId: `tenant-${index % 150}`,
    // Every tenth shares its address with the one before: only one of the two can have it.
    adminEmail: `buyer-${index % 10 === 9 ? index - 1 : index}@hooli.example`,
  }));
  const answers = await Promise.allSettled(
    buyers.map(async (buyer) => {
      const { operationId = '' } = await signUp(buyer, ANYONE, stage.dependencies);
      await stage.machine.run(operationId);
      return operationId;
    }),
  );
  const ids = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const operations = await Promise.all(ids.map((id) => readOperation(stage.table, id)));
  const active = operations.filter((operation) => operation?.status === 'succeeded');
  expect(new Set(active.map((operation) => operation?.tenantId)).size).toBe(active.length);
  for (const operation of operations)
    if (operation?.status !== 'succeeded')
      expect(operation?.steps.some(({ reason }) => reason !== undefined)).toBe(true);
  const tenants = stage.table.all().filter(({ sk }) => sk === 'TENANT');
  expect(tenants.filter(({ status }) => status === 'active')).toHaveLength(active.length);
  expect(active.length).toBeGreaterThan(100);
  expect(stage.deployment.keys.size).toBe(tenants.length);
  expect((await readDeployment(stage.table, 'pool-us'))?.tenants).toBe(tenants.length);
});
