import fc from 'fast-check';
import { signUp } from '../registration/sign-up';
import { ANYONE, BUYER, Rehearsal, registrationOf, SILO } from '../rehearsal/rehearsal';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import { readOperation } from '../workflow/operation-record';
import { DeploymentConflictError, UnknownDeploymentError } from './deployment-error';
import { readDeployment } from './deployment-record';
import { checkDeployment, registerDeployment } from './deployment-registry';

const history = (stage: Rehearsal, id: string) =>
  stage.table
    .all()
    .filter(({ pk, sk }) => pk === `DEPLOYMENT#${id}` && sk.startsWith('RELEASE#'))
    .map(({ release }) => String(release)[0]);

const run = async (stage: Rehearsal, id = 'acme') =>
  ((await readTenant(stage.table, id)) as TenantRecord).onboardingId;

test('a pool is stored with its release and its times, and answered as stored', async () => {
  const stage = new Rehearsal();
  const first = await registerDeployment(registrationOf(), stage.dependencies);
  const again = await registerDeployment(registrationOf({ release: 'b'.repeat(40) }), stage.dependencies);
  expect(first).toEqual({
    ...registrationOf(),
    firstDeployedAt: '2026-01-01T00:00:01.000Z',
    deployedAt: '2026-01-01T00:00:01.000Z',
  });
  expect(again).toMatchObject({
    release: 'b'.repeat(40),
    firstDeployedAt: '2026-01-01T00:00:01.000Z',
    deployedAt: '2026-01-01T00:00:02.000Z',
  });
});

test('the history has an entry for each release that came, also for one that came back', async () => {
  const stage = new Rehearsal();
  for (const letter of ['a', 'a', 'b', 'a'])
    await registerDeployment(registrationOf({ release: letter.repeat(40) }), stage.dependencies);
  expect(history(stage, 'pool-us')).toEqual(['a', 'b', 'a']);
});

test('registering a pool again keeps the count of its tenants', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await signUp(BUYER, ANYONE, stage.dependencies);
  await registerDeployment(registrationOf({ release: 'b'.repeat(40) }), stage.dependencies);
  expect(await readDeployment(stage.table, 'pool-us')).toMatchObject({ tenants: 1 });
});

test('a silo brings its tenant, which is onboarded on it', async () => {
  const stage = new Rehearsal();
  const status = await registerDeployment(SILO, stage.dependencies);
  expect(status.tenant).toMatchObject({ tenantId: 'acme', status: 'provisioning' });
  expect([...stage.executions.states]).toEqual([[`${await run(stage)}-1`, 'running']]);
  await stage.onboard('acme');
  expect((await checkDeployment('acme', stage.table)).tenant?.status).toBe('active');
  expect(await readTenant(stage.table, 'acme')).toMatchObject({
    model: 'silo',
    deploymentId: 'acme',
    adminEmail: 'admin@acme.example',
  });
});

test('registering a silo again while its tenant is active or on its way starts nothing', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  const first = await run(stage);
  await registerDeployment({ ...SILO, release: 'b'.repeat(40) }, stage.dependencies);
  await stage.onboard('acme');
  await registerDeployment({ ...SILO, release: 'c'.repeat(40) }, stage.dependencies);
  expect(await run(stage)).toBe(first);
  expect([...stage.executions.states.keys()]).toEqual([`${first}-1`]);
});

test('a silo whose tenant failed is onboarded anew with what the manifest says now', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  const first = await run(stage);
  stage.deployment.people.set('admin@acme.example', {
    email: 'admin@acme.example',
    tenantId: 'x',
    tier: 'y',
  });
  await stage.onboard('acme');
  const failed = await checkDeployment('acme', stage.table);
  expect(failed.tenant?.status).toBe('failed');
  expect(failed.tenant?.steps[0]?.reason).toBe('the e-mail address belongs to a user of another tenant');

  const tenant = { ...(SILO.tenant as NonNullable<typeof SILO.tenant>), adminEmail: 'boss@acme.example' };
  await registerDeployment({ ...SILO, tenant }, stage.dependencies);
  expect(await run(stage)).not.toBe(first);
  await stage.onboard('acme');
  expect(await readTenant(stage.table, 'acme')).toMatchObject({
    status: 'active',
    adminEmail: 'boss@acme.example',
  });
});

test('a tenant that an operator deactivated stays so', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  await stage.onboard('acme');
  const tenant = (await readTenant(stage.table, 'acme')) as TenantRecord;
  await stage.table.write([replaceTenant({ ...tenant, status: 'inactive' })]);
  const status = await registerDeployment(SILO, stage.dependencies);
  expect(status.tenant?.status).toBe('inactive');
  expect(stage.executions.states.size).toBe(1);
});

test('a silo that got a new user pool is onboarded there', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  const first = await run(stage);
  await stage.onboard('acme');
  await registerDeployment({ ...SILO, userPoolId: 'us-east-1_New' }, stage.dependencies);
  expect(await run(stage)).not.toBe(first);
  expect((await checkDeployment('acme', stage.table)).tenant?.status).toBe('provisioning');
});

test('a pool that got a new user pool is refused while it has tenants', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const moved = registrationOf({ userPoolId: 'us-east-1_New' });
  await registerDeployment(moved, stage.dependencies);
  await signUp(BUYER, ANYONE, stage.dependencies);
  await expect(registerDeployment(registrationOf(), stage.dependencies)).rejects.toThrow(
    /but its 1 tenants are in the old ones/,
  );
});

test('an id that is a pooled tenant\u2019s is refused to a silo and to a pool', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await signUp({ ...BUYER, tenantId: 'acme' }, ANYONE, stage.dependencies);
  for (const taken of [SILO, registrationOf({ deploymentId: 'acme' })])
    await expect(registerDeployment(taken, stage.dependencies)).rejects.toThrow(
      '"acme" is the id of a tenant on "pool-us"; choose another id in the manifest',
    );
});

test('a pool does not become a silo', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf({ deploymentId: 'acme' }), stage.dependencies);
  await expect(registerDeployment(SILO, stage.dependencies)).rejects.toThrow(DeploymentConflictError);
});

test('cut off at any point, registering again ends as if nothing had happened', async () => {
  const crash = fc.record({ call: fc.integer({ min: 1, max: 9 }), when: fc.constantFrom('before', 'after') });
  await fc.assert(
    fc.asyncProperty(fc.array(crash, { maxLength: 3 }), async (points) => {
      const stage = new Rehearsal();
      for (const point of [...points, undefined])
        await stage.crashes
          .run(point, () => registerDeployment(SILO, stage.dependencies))
          .catch((error) => expect(error).toBeInstanceOf(Error));
      await stage.onboard('acme');
      expect((await checkDeployment('acme', stage.table)).tenant?.status).toBe('active');
      expect(stage.executions.states.size).toBe(1);
      expect(history(stage, 'acme')).toEqual(['a']);
    }),
  );
});

test('a run that ended without a word is replaced, and can do nothing any more', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  const first = await run(stage);
  stage.executions.end({ operationId: first, run: 1 });
  await registerDeployment(SILO, stage.dependencies);
  expect(await run(stage)).not.toBe(first);
  await stage.machine.run(first);
  expect(await readOperation(stage.table, first)).toMatchObject({ status: 'failed' });
  await stage.onboard('acme');
  expect((await checkDeployment('acme', stage.table)).tenant?.status).toBe('active');
});

test('what was never registered cannot be asked about', async () => {
  await expect(checkDeployment('acme', new Rehearsal().table)).rejects.toThrow(UnknownDeploymentError);
});
