import { ConflictProblem } from '@granary/api';
import fc from 'fast-check';
import { readDeployment } from '../deployment/deployment-record';
import { registerDeployment } from '../deployment/deployment-registry';
import { ANYONE, BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { cancelOperation, retryOperation } from '../workflow/change-operation';
import { failStep } from '../workflow/fail-step';
import { takeStep } from '../workflow/take-step';
import { signUp } from './sign-up';

async function signedUp() {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const { operationId = '' } = await signUp(BUYER, ANYONE, stage.dependencies);
  return { stage, operationId };
}

const NEXT = { ...BUYER, name: 'Hooli Two', adminEmail: 'two@hooli.example' };

const given = (stage: Rehearsal) =>
  signUp(NEXT, ANYONE, stage.dependencies).then(
    () => true,
    () => false,
  );

test('an id whose sign-up can never succeed is given back, with its place on the pool', async () => {
  const { stage } = await signedUp();
  const other = { email: BUYER.adminEmail, tenantId: 'other', tier: 'basic' };
  stage.deployment.people.set(BUYER.adminEmail, other);
  await stage.onboard('hooli');
  expect(await readTenant(stage.table, 'hooli')).toBeUndefined();
  expect(await readDeployment(stage.table, 'pool-us')).toMatchObject({ tenants: 0 });
  await signUp(NEXT, ANYONE, stage.dependencies);
  await stage.onboard('hooli');
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({ status: 'active', name: 'Hooli Two' });
  expect(stage.deployment.people.get(BUYER.adminEmail)).toEqual(other);
});

test('an id that is held for a retry goes to the next buyer of its tier while nobody was invited', async () => {
  const { stage, operationId } = await signedUp();
  const broken = stage.deployment.usageKeys.create;
  stage.deployment.usageKeys.create = () => Promise.reject(new Error('out of order'));
  await stage.onboard('hooli');
  stage.deployment.usageKeys.create = broken;
  const premium = signUp({ ...NEXT, tier: 'premium' }, ANYONE, stage.dependencies);
  await expect(premium).rejects.toThrow(ConflictProblem);
  await signUp(NEXT, ANYONE, stage.dependencies);
  await expect(retryOperation(operationId, stage.dependencies)).rejects.toThrow('no longer holds');
  await expect(cancelOperation(operationId, stage.dependencies)).rejects.toThrow('no longer holds');
  await stage.onboard('hooli');
  expect(stage.deployment.entries.get('hooli')).toMatchObject({ status: 'active', name: 'Hooli Two' });
  expect(await readDeployment(stage.table, 'pool-us')).toMatchObject({ tenants: 1 });
});

test('an id is never given away while somebody is invited to it', async () => {
  const crash = fc.record({
    call: fc.integer({ min: 1, max: 10 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  });
  await fc.assert(
    fc.asyncProperty(crash, fc.boolean(), async (point, again) => {
      const { stage, operationId } = await signedUp();
      const { dependencies } = stage;
      const task = (step: string, run = 1) => ({ operationId, run, step });
      for (const step of ['validate', 'reserve', 'request-deployment', 'provision'])
        await takeStep(task(step), dependencies);
      await stage.crashes
        .run(point, () => takeStep(task('create-admin'), dependencies))
        .catch(() => undefined);
      const error = { Error: 'Lambda.Unknown' };
      const fail = (run: number) =>
        failStep({ ...task('create-admin', run), direction: 'do', error }, dependencies);
      await stage.crashes.run(undefined, () => fail(1));
      if (again) {
        await retryOperation(operationId, dependencies);
        await fail(2);
      }
      const invited = stage.deployment.people.size > 0;
      expect(invited && (await given(stage))).toBe(false);
    }),
  );
});

test('an id whose invited administrator was taken back is free again', async () => {
  const { stage, operationId } = await signedUp();
  stage.deployment.directory.setStatus = () => Promise.reject(new Error('out of order'));
  await stage.onboard('hooli');
  expect(stage.deployment.people.size).toBe(1);
  expect(await given(stage)).toBe(false);
  stage.deployment.directory.setStatus = async () => true;
  await cancelOperation(operationId, stage.dependencies);
  await stage.machine.run(operationId);
  expect(stage.deployment.people.size).toBe(0);
  expect(await given(stage)).toBe(true);
});
