import { readDeployment } from '../../deployment/deployment-record';
import { registerDeployment } from '../../deployment/deployment-registry';
import { checkPurge } from '../../deployment/purge-receipt';
import { signUp } from '../../registration/sign-up';
import {
  EMPTY,
  HOOLI_SILO,
  IN_SILO,
  inPool,
  MoveWorld,
  REQUEST,
  serving,
  TO_POOL,
  TO_SILO,
} from '../../rehearsal/move-world';
import { ANYONE, BUYER, registrationOf } from '../../rehearsal/rehearsal';
import { readTenant, replaceTenant, type TenantRecord } from '../../tenant/tenant-record';
import { cancelOperation, confirmOperation } from '../../workflow/change-operation';
import { readOperation } from '../../workflow/operation-record';
import { changeTier } from '../request-change';

/** Begins a move to the silo, and lets it come to where it keeps the source. */
async function cutOver(world: MoveWorld, order: object = {}): Promise<string> {
  const { operationId } = await changeTier(REQUEST, { ...TO_SILO, ...order }, world.dependencies);
  await world.machine.run(operationId);
  await world.release();
  await world.machine.run(operationId);
  return operationId;
}

test('a pooled tenant gets its silo by the manifest, goes there with rows and people, and leaves nothing', async () => {
  const world = await new MoveWorld().open('pool');
  const { dependencies, machine } = world;
  const { operationId } = await changeTier(REQUEST, TO_SILO, dependencies);
  expect(await machine.run(operationId)).toBe('waiting');
  expect(world.manifest()).toMatchObject([{ id: 'hooli', tier: 'platinum' }]);
  await world.write('pool-us', 'meanwhile');
  await world.release();
  expect(await machine.run(operationId)).toBe('waiting');
  expect(await world.end('hooli')).toMatchObject(serving('platinum', { rows: ['meanwhile'] }));
  expect(await world.end('pool-us')).toMatchObject({
    ...serving('basic', { rows: ['meanwhile'], support: true }),
    entry: ['inactive', 'basic'],
    keys: [false],
  });
  // Whoever may sign in is told, and nobody else is.
  expect(world.at('hooli').mails).toEqual([BUYER.adminEmail]);
  await confirmOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await world.status(operationId)).toBe('succeeded');
  expect(await world.end('pool-us')).toEqual(EMPTY);
  expect(await world.whole()).toEqual(IN_SILO);
});

test('the people are listed at the target, and the one who counts there as an administrator is no support user', async () => {
  const world = await new MoveWorld().open('pool');
  await cutOver(world);
  expect(await world.end('hooli')).toMatchObject({
    listed: [BUYER.adminEmail, 'tom@hooli.example'],
    admins: 1,
  });
});

test('a tenant of a silo goes to a pool; its stack gets a tombstone and may be deleted', async () => {
  const world = await new MoveWorld().open('silo');
  const { dependencies, machine } = world;
  await world.addToManifest();
  expect(await checkPurge('hooli', world.stage.table)).toEqual({ deploymentId: 'hooli' });
  const { operationId } = await changeTier(REQUEST, TO_POOL, dependencies);
  await machine.run(operationId);
  // A release while the source is kept changes nothing.
  await world.release();
  await confirmOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await world.status(operationId)).toBe('succeeded');
  expect(await world.whole()).toEqual(inPool('premium'));
  expect(await world.end('pool-us')).toMatchObject(serving('premium'));
  expect(await world.end('hooli')).toEqual(EMPTY);
  expect(world.manifest()).toMatchObject([{ id: 'hooli', state: 'offboarding' }]);
  expect(await checkPurge('hooli', world.stage.table)).toMatchObject({ receipt: { receiptId: operationId } });
});

test('a tenant that comes back to a silo waits for a new stack, which the old receipt does not let go', async () => {
  const world = await new MoveWorld().open('silo');
  const { dependencies, machine, stage } = world;
  await world.addToManifest();
  const away = await changeTier(REQUEST, { ...TO_POOL, retentionDays: 0 }, dependencies);
  await machine.run(away.operationId);
  expect(await world.whole()).toEqual(inPool('premium'));
  const { operationId } = await changeTier(REQUEST, TO_SILO, dependencies);
  expect(await machine.run(operationId)).toBe('waiting');
  expect(await checkPurge('hooli', stage.table)).toEqual({ deploymentId: 'hooli' });
  expect(world.manifest()[0]).not.toHaveProperty('state');
  await world.release();
  await machine.run(operationId);
  await confirmOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await world.whole()).toEqual(IN_SILO);
  expect(await world.end('hooli')).toMatchObject(serving('platinum'));
});

test('a move that is cancelled behind the cut-over brings back what was written there since', async () => {
  const world = await new MoveWorld().open('pool');
  const { dependencies, machine } = world;
  const operationId = await cutOver(world);
  await world.write('hooli', 'later');
  world.at('hooli').people.set('new@hooli.example', {
    ...{ email: 'new@hooli.example', tenantId: 'hooli', tier: 'platinum', role: 'TenantUser' },
  });
  await cancelOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await world.status(operationId)).toBe('compensated');
  expect(await world.whole()).toEqual({ ...inPool('basic') });
  expect(await world.end('pool-us')).toMatchObject({
    rows: [...'abcdefg', 'later'],
    entry: ['active', 'basic'],
    keys: [true],
    people: expect.arrayContaining(['new@hooli.example TenantUser true basic']),
  });
  // Only who is new there is told: the others have their passwords.
  expect(world.at('pool-us').mails.filter((mail) => mail.endsWith('hooli.example'))).toEqual([
    BUYER.adminEmail,
    'new@hooli.example',
  ]);
  expect(await world.end('hooli')).toEqual(EMPTY);
  expect(world.manifest()).toMatchObject([{ id: 'hooli', state: 'offboarding' }]);
  expect(await checkPurge('hooli', world.stage.table)).toMatchObject({ receipt: { receiptId: operationId } });
  const told = world.stage.table.all().filter(({ detailType }) => detailType === 'granary_tenantMoved');
  expect(told.map(({ detail }) => (detail as { deploymentId: string }).deploymentId).sort()).toEqual([
    'hooli',
    'pool-us',
  ]);
});

test('a move that is cancelled before the stack is there leaves no trace in the manifest', async () => {
  const world = await new MoveWorld().open('pool');
  const { dependencies, machine } = world;
  const { operationId } = await changeTier(REQUEST, TO_SILO, dependencies);
  await machine.run(operationId);
  await cancelOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(world.manifest()).toEqual([]);
  expect(await world.whole()).toEqual(inPool('basic'));
  expect(await world.end('pool-us')).toMatchObject(serving('basic', { support: true }));
});

test('a step that dies although it had nothing to do is taken back all the same', async () => {
  const death = { call: 4, when: 'before' } as const;
  const world = await new MoveWorld([undefined, undefined, death, death, death]).open('silo');
  const { dependencies, machine } = world;
  const { operationId } = await changeTier(REQUEST, TO_POOL, dependencies);
  await machine.run(operationId);
  expect((await readOperation(world.stage.table, operationId))?.steps[2]).toMatchObject({
    name: 'request-deployment',
    status: 'failed',
  });
  await cancelOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await world.status(operationId)).toBe('compensated');
  expect(await world.whole()).toEqual(IN_SILO);
});

test('copies that differ are taken back at once: nobody is left frozen', async () => {
  const world = await new MoveWorld().open('silo');
  const { dependencies, machine } = world;
  const rows = world.data.rows('pool-us');
  const put = rows.put.bind(rows);
  rows.put = (placed) => put(placed.filter(({ sortKey }) => sortKey !== 'PRODUCT#d'));
  const { operationId } = await changeTier(REQUEST, TO_POOL, dependencies);
  await machine.run(operationId);
  const operation = await readOperation(world.stage.table, operationId);
  expect(operation?.status).toBe('compensated');
  expect(operation?.steps.find(({ reason }) => reason)).toMatchObject({
    name: 'finish-copy',
    reason: 'data-differs',
  });
  expect(await world.whole()).toEqual(IN_SILO);
  expect(await world.end('pool-us')).toEqual(EMPTY);
});

test('an address of somebody else in the pool ends the move before anything stands still', async () => {
  const world = await new MoveWorld().open('silo');
  const { dependencies, machine } = world;
  world.at('pool-us').people.set('tom@hooli.example', {
    ...{ email: 'tom@hooli.example', tenantId: 'initech', tier: 'basic' },
  });
  const { operationId } = await changeTier(REQUEST, TO_POOL, dependencies);
  await machine.run(operationId);
  const operation = await readOperation(world.stage.table, operationId);
  expect(operation?.steps.find(({ reason }) => reason)).toMatchObject({
    name: 'copy-users',
    reason: 'email-taken',
  });
  expect(world.at('pool-us').people.get('tom@hooli.example')?.tenantId).toBe('initech');
  expect(await world.whole()).toEqual(IN_SILO);
});

test('limits of the tenant\u2019s own hold at the target, and cannot be lifted meanwhile', async () => {
  const world = await new MoveWorld().open('pool');
  const limits = { throttle: { rate: 7, burst: 7 }, quota: { requestsPerDay: 77 } };
  const { stage, machine, dependencies } = world;
  const tenant = (await readTenant(stage.table, 'hooli')) as TenantRecord;
  const override = { ...limits, state: 'applied', updatedAt: tenant.updatedAt } as const;
  await stage.table.write([replaceTenant({ ...tenant, override })]);
  const operationId = await cutOver(world);
  expect([...world.at('hooli').ownPlans.values()]).toMatchObject([limits]);
  await confirmOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await world.end('hooli')).toMatchObject({ keys: [true], ownPlans: 1 });
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({ override: limits });
});

test('an inactive tenant moves as such', async () => {
  const world = await new MoveWorld().open('pool');
  const { stage } = world;
  const tenant = (await readTenant(stage.table, 'hooli')) as TenantRecord;
  await stage.table.write([replaceTenant({ ...tenant, status: 'inactive' })]);
  await cutOver(world);
  expect(await world.end('hooli')).toMatchObject({ entry: ['inactive', 'platinum'], keys: [false] });
  expect((await world.whole()).tenant.slice(0, 2)).toEqual(['inactive', 'silo']);
});

test('what cannot be moved is refused with the reason, and begins nothing', async () => {
  const world = await new MoveWorld().open('pool');
  const { dependencies } = world;
  await expect(changeTier(REQUEST, { tier: 'bridged' }, dependencies)).rejects.toThrow('not ours to copy');
  await expect(changeTier(REQUEST, { tier: 'premium', retentionDays: 1 }, dependencies)).rejects.toThrow(
    'leave out cell and retentionDays',
  );
  const tiers = { ...dependencies.tiers, gold: { model: 'silo' }, lone: { model: 'pool' } } as const;
  const silo = await new MoveWorld().open('silo');
  const more = Object.assign(silo.dependencies, { tiers });
  await expect(changeTier(REQUEST, { tier: 'gold' }, more)).rejects.toThrow('said in the manifest');
  await expect(changeTier(REQUEST, { tier: 'lone' }, more)).rejects.toThrow('no pool with room');
  expect(await world.whole()).toEqual(inPool('basic'));
});

test('the same request finds its move also behind the cut-over; another one hears of it', async () => {
  const world = await new MoveWorld().open('pool');
  const { dependencies } = world;
  const keyed = { ...REQUEST, idempotencyKey: 'my-request-1' };
  const { operationId } = await changeTier(keyed, TO_SILO, dependencies);
  await world.machine.run(operationId);
  await world.release();
  await world.machine.run(operationId);
  expect((await changeTier(keyed, TO_SILO, dependencies)).operationId).toBe(operationId);
  await expect(changeTier(REQUEST, TO_POOL, dependencies)).rejects.toThrow(
    `held by its move, operation ${operationId}`,
  );
});

test('a silo by the id of a pooled tenant is registered for a move only', async () => {
  const world = await new MoveWorld().open('pool');
  await expect(world.release()).rejects.toThrow('"hooli" is the id of a tenant on "pool-us"');
  await cutOver(world);
  await expect(
    registerDeployment(registrationOf({ deploymentId: 'hooli' }), world.dependencies),
  ).rejects.toThrow('is registered as a silo');
  expect(await readDeployment(world.stage.table, 'hooli')).toMatchObject({
    userPoolId: HOOLI_SILO.userPoolId,
  });
  await expect(signUp({ ...BUYER, tier: 'basic' }, ANYONE, world.dependencies)).rejects.toThrow('taken');
});
