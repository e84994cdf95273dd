import fc from 'fast-check';
import { readDeployment } from '../../deployment/deployment-record';
import { registerDeployment } from '../../deployment/deployment-registry';
import { checkPurge } from '../../deployment/purge-receipt';
import { signUp } from '../../registration/sign-up';
import type { CrashPoint } from '../../rehearsal/crash-schedule';
import { MemoryMachine } from '../../rehearsal/memory-machine';
import { MemoryRowWork } from '../../rehearsal/memory-row-work';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf } from '../../rehearsal/rehearsal';
import { readTenant } from '../../tenant/tenant-record';
import { cancelOperation, confirmOperation, retryOperation } from '../../workflow/change-operation';
import { readOperation } from '../../workflow/operation-record';
import { readReceipt } from '../receipt';
import { offboard } from '../request-change';

const REQUEST = { tenantId: 'hooli', requestedBy: OPERATOR };
const ORDER = { confirm: BUYER.name, retentionDays: 30 };

/** An active tenant of a pool with seven rows, and a neighbour whose things must stay. */
async function open(points: readonly (CrashPoint | undefined)[] = []) {
  const stage = new Rehearsal();
  const data = new MemoryRowWork('hooli', stage.dependencies.table, stage.dependencies.now);
  const ports = { ...stage.dependencies.ports, rows: stage.crashes.through(data.work) };
  const dependencies = Object.assign(stage.dependencies, { ports });
  await registerDeployment(registrationOf(), dependencies);
  for (const buyer of [BUYER, { ...BUYER, tenantId: 'initech', adminEmail: 'bill@initech.example' }]) {
    await signUp(buyer, ANYONE, dependencies);
    await stage.onboard(buyer.tenantId);
  }
  const keys = Array.from({ length: 7 }, (_, index) => `PRODUCT#${index}`);
  await data
    .rows('pool-us')
    .put(keys.map((sortKey, shard) => ({ row: { sk: { S: sortKey } }, sortKey, shard: shard % 4 })));
  const left = [...points];
  const { crashes, executions } = stage;
  const machine = new MemoryMachine({ dependencies, executions, crashes, dies: () => left.shift() });
  const status = async (id: string) => (await readOperation(stage.table, id))?.status;
  return { stage, dependencies, machine, data, status };
}

async function left({ stage, data }: Awaited<ReturnType<typeof open>>) {
  const { deployment, table } = stage;
  const tenant = await readTenant(table, 'hooli');
  return {
    tenant: [tenant?.status, tenant?.operation, tenant?.adminEmail],
    rows: data.rows('pool-us').all().length,
    shut: [...data.shut],
    keys: [...deployment.keys.values()].map(({ name, enabled = true }) => [name, enabled]),
    entries: [...deployment.entries.values()].map(({ tenantId, status }) => [tenantId, status]),
    people: [...deployment.people.keys()],
    placed: (await readDeployment(table, 'pool-us'))?.tenants,
  };
}

const GONE = {
  tenant: ['offboarded', undefined, 'nobody@offboarded.invalid'],
  rows: 0,
  shut: [],
  keys: [['granary-initech', true]],
  entries: [['initech', 'active']],
  people: ['bill@initech.example'],
  placed: 1,
};
const THERE = {
  tenant: ['active', undefined, BUYER.adminEmail],
  rows: 7,
  shut: [],
  keys: [
    ['granary-hooli', true],
    ['granary-initech', true],
  ],
  entries: [
    ['hooli', 'active'],
    ['initech', 'active'],
  ],
  people: [BUYER.adminEmail, 'bill@initech.example'],
  placed: 2,
};

test('an offboarded tenant is exported, kept, purged and receipted, and its id stays taken', async () => {
  const world = await open();
  const { stage, dependencies, machine, status } = world;
  const { operationId } = await offboard(REQUEST, ORDER, dependencies);
  expect(await machine.run(operationId)).toBe('waiting');
  expect(await left(world)).toMatchObject({ rows: 7, shut: ['pool-us'], people: THERE.people });
  await confirmOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await status(operationId)).toBe('succeeded');
  expect(await left(world)).toEqual(GONE);
  const receipt = await readReceipt(stage.table, 'hooli');
  expect(JSON.parse(receipt.statement)).toMatchObject({
    receiptId: operationId,
    tenantId: 'hooli',
    rows: { rows: 7 },
    archive: { rows: 7 },
    users: 1,
  });
  expect(await checkPurge('hooli', stage.table)).toMatchObject({ receipt: { receiptId: operationId } });
  await expect(signUp(BUYER, ANYONE, dependencies)).rejects.toThrow('taken');
  await expect(offboard(REQUEST, ORDER, dependencies)).rejects.toThrow('is offboarded');
});

test('the wrong name begins nothing', async () => {
  const world = await open();
  await expect(offboard(REQUEST, { ...ORDER, confirm: 'Hoooli' }, world.dependencies)).rejects.toThrow(
    'name',
  );
  expect(await left(world)).toEqual(THERE);
});

test('an offboarding that is cancelled while everything is kept leaves the tenant as it was', async () => {
  const world = await open();
  const { dependencies, machine, status } = world;
  const { operationId } = await offboard(REQUEST, ORDER, dependencies);
  await machine.run(operationId);
  await cancelOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await status(operationId)).toBe('compensated');
  expect(await left(world)).toEqual(THERE);
});

test('without a time to keep, it goes through at once; behind the purge nothing can be cancelled', async () => {
  const world = await open();
  const { dependencies, machine, stage } = world;
  const { operationId } = await offboard(REQUEST, { ...ORDER, retentionDays: 0 }, dependencies);
  stage.deployment.users.of = () =>
    Promise.reject(Object.assign(new Error('no'), { name: 'ResourceNotFoundException' }));
  await machine.run(operationId);
  await expect(cancelOperation(operationId, dependencies)).rejects.toThrow('behind its step "retention"');
  expect((await left(world)).rows).toBe(0);
});

const crashes = fc.array(
  fc.option(
    fc.record({
      call: fc.integer({ min: 1, max: 12 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
    { nil: undefined, freq: 3 },
  ),
  { maxLength: 40 },
);

test('an offboarding that dies anywhere, again and again, ends gone for good or, cancelled, as it was', async () => {
  await fc.assert(
    fc.asyncProperty(crashes, fc.boolean(), async (points, cancel) => {
      const world = await open(points);
      const { dependencies, machine, stage, status } = world;
      const order = { ...ORDER, retentionDays: cancel ? 1 : 0 };
      const { operationId } = await offboard(REQUEST, order, dependencies);
      for (let tries = 0; tries < 30; tries += 1) {
        await machine.run(operationId);
        const now = await status(operationId);
        if (now === 'succeeded' || now === 'compensated') break;
        const change = cancel && now !== 'compensating' ? cancelOperation : retryOperation;
        await stage.crashes.run(undefined, () => change(operationId, dependencies)).catch(() => undefined);
        if ((await status(operationId)) === 'failed')
          await stage.crashes.run(undefined, () => retryOperation(operationId, dependencies));
      }
      expect(await status(operationId)).toBe(cancel ? 'compensated' : 'succeeded');
      expect(await left(world)).toEqual(cancel ? THERE : GONE);
    }),
    { numRuns: 20 },
  );
}, 30_000);
