import fc from 'fast-check';
import { readRegistration } from '../registration/registration-record';
import { signUp } from '../registration/sign-up';
import { BUYER, Rehearsal, registrationOf, SILO } from '../rehearsal/rehearsal';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import { DeploymentConflictError, UnknownDeploymentError } from './deployment-error';
import { readDeployment } from './deployment-record';
import { checkDeployment, registerDeployment } from './deployment-registry';

const history = (stage: Rehearsal, id: string) =>
  stage.table
    .all()
    .filter(({ pk, sk }) => pk === `DEPLOYMENT#${id}` && sk.startsWith('RELEASE#'))
    .map(({ release }) => String(release)[0]);

const run = async (stage: Rehearsal, id = 'acme') =>
  ((await readTenant(stage.table, id)) as TenantRecord).registrationId;

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
  await signUp(BUYER, stage.dependencies);
  await registerDeployment(registrationOf({ release: 'b'.repeat(40) }), stage.dependencies);
  expect(await readDeployment(stage.table, 'pool-us')).toMatchObject({ tenants: 1 });
});

test('a silo brings its tenant, which is onboarded on it', async () => {
  const stage = new Rehearsal();
  const status = await registerDeployment(SILO, stage.dependencies);
  expect(status.tenant).toMatchObject({ tenantId: 'acme', status: 'provisioning' });
  expect([...stage.executions.states]).toEqual([[await run(stage), 'running']]);
  await stage.onboard(await run(stage));
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
  await stage.onboard(first);
  await registerDeployment({ ...SILO, release: 'c'.repeat(40) }, stage.dependencies);
  expect(await run(stage)).toBe(first);
  expect([...stage.executions.states.keys()]).toEqual([first]);
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
  await stage.onboard(first);
  const failed = await checkDeployment('acme', stage.table);
  expect(failed.tenant?.status).toBe('failed');
  expect(failed.tenant?.steps[2]?.reason).toBe('the e-mail address belongs to a user of another tenant');

  const tenant = { ...(SILO.tenant as NonNullable<typeof SILO.tenant>), adminEmail: 'boss@acme.example' };
  await registerDeployment({ ...SILO, tenant }, stage.dependencies);
  expect(await run(stage)).not.toBe(first);
  await stage.onboard(await run(stage));
  expect(await readTenant(stage.table, 'acme')).toMatchObject({
    status: 'active',
    adminEmail: 'boss@acme.example',
  });
});

test('a tenant that an operator deactivated stays so', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  await stage.onboard(await run(stage));
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
  await stage.onboard(first);
  await registerDeployment({ ...SILO, userPoolId: 'us-east-1_New' }, stage.dependencies);
  expect(await run(stage)).not.toBe(first);
  expect((await checkDeployment('acme', stage.table)).tenant?.status).toBe('provisioning');
});

test('a pool that got a new user pool is refused while it has tenants', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const moved = registrationOf({ userPoolId: 'us-east-1_New' });
  await registerDeployment(moved, stage.dependencies);
  await signUp(BUYER, stage.dependencies);
  await expect(registerDeployment(registrationOf(), stage.dependencies)).rejects.toThrow(
    /but its 1 tenants are in the old ones/,
  );
});

test('an id that is a pooled tenant\u2019s is refused to a silo and to a pool', async () => {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await signUp({ ...BUYER, tenantId: 'acme' }, stage.dependencies);
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
      await stage.onboard(await run(stage));
      expect((await checkDeployment('acme', stage.table)).tenant?.status).toBe('active');
      expect(stage.executions.states.size).toBe(1);
      expect(history(stage, 'acme')).toEqual(['a']);
    }),
  );
});

test('a run that was replaced is shown as ended', async () => {
  const stage = new Rehearsal();
  await registerDeployment(SILO, stage.dependencies);
  const first = await run(stage);
  stage.executions.end(first);
  await registerDeployment(SILO, stage.dependencies);
  expect(await readRegistration(stage.table, first)).toMatchObject({ status: 'failed' });
});

test('what was never registered cannot be asked about', async () => {
  await expect(checkDeployment('acme', new Rehearsal().table)).rejects.toThrow(UnknownDeploymentError);
});
