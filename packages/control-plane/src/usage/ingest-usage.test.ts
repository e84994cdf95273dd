import type { UsageRecord } from '@granary/api';
import fc from 'fast-check';
import type { Write } from '../control-table/control-table';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { ingestUsage } from './ingest-usage';
import { readAllOfMonth, readHours, readMonth, SHARED } from './usage-counter';

const NOW = new Date('2026-11-24T22:30:00.000Z');
const now = () => NOW;

const record = (changes: Partial<UsageRecord> = {}): UsageRecord => ({
  id: 'request:1',
  tenantId: 'acme',
  at: '2026-11-24T22:10:00.000Z',
  region: 'us-east-1',
  meters: { requests: 1 },
  ...changes,
});

const hours = (table: MemoryControlTable, owner = 'acme', meterId = 'requests') =>
  readHours(table, { owner, meterId, from: '2026-10-01T00', to: '2026-12-31T23' });

/** What was counted, whatever the way to it. */
const counters = (table: MemoryControlTable) => table.all().filter(({ pk }) => pk.startsWith('USAGE#'));

test('a record counts in its hour and in its month', async () => {
  const table = new MemoryControlTable();
  const used = record({ meters: { requests: 1, 'read-units': 0.5 } });
  expect(await ingestUsage([used], { table, now })).toEqual({ counted: 1, duplicates: 0, refused: [] });
  expect(await hours(table)).toMatchObject([{ hour: '2026-11-24T22', quantity: 1, records: 1, late: 0 }]);
  expect(await readMonth(table, 'acme', '2026-11')).toMatchObject([
    { meterId: 'read-units', region: 'us-east-1', quantity: 0.5 },
    { meterId: 'requests', region: 'us-east-1', quantity: 1 },
  ]);
});

test('a record counts once, in one delivery or in two', async () => {
  const table = new MemoryControlTable();
  expect(await ingestUsage([record(), record()], { table, now })).toMatchObject({
    counted: 1,
    duplicates: 1,
  });
  const more = [record(), record({ id: 'request:2' })];
  expect(await ingestUsage(more, { table, now })).toMatchObject({ counted: 1, duplicates: 1 });
  expect(await hours(table)).toMatchObject([{ quantity: 2, records: 2 }]);
});

test('the same id of another tenant is another record', async () => {
  const table = new MemoryControlTable();
  await ingestUsage([record(), record({ tenantId: 'globex' })], { table, now });
  expect(await hours(table, 'globex')).toMatchObject([{ quantity: 1 }]);
});

test('what no tenant used is counted apart', async () => {
  const table = new MemoryControlTable();
  const { tenantId: _, ...nobody } = record();
  await ingestUsage([nobody], { table, now });
  expect(await hours(table, SHARED)).toMatchObject([{ owner: '@shared', quantity: 1 }]);
  expect(await readAllOfMonth(table, '2026-11')).toMatchObject([{ owner: '@shared', quantity: 1 }]);
});

test('a record that comes after its hour was closed counts in its hour, and is seen to be late', async () => {
  const table = new MemoryControlTable();
  await ingestUsage([record({ at: '2026-10-31T23:59:59.999Z' })], { table, now });
  expect(await hours(table)).toMatchObject([{ hour: '2026-10-31T23', quantity: 1, late: 1 }]);
  expect(await readMonth(table, 'acme', '2026-10')).toMatchObject([{ late: 1 }]);
});

test('a clock that is a little ahead counts in the present, never in an hour to come', async () => {
  const table = new MemoryControlTable();
  const deps = { table, now: () => new Date('2026-11-24T22:59:00.000Z') };
  await ingestUsage([record({ at: '2026-11-24T23:03:00.000Z' })], deps);
  expect(await hours(table)).toMatchObject([{ hour: '2026-11-24T22' }]);
});

test.each([
  ['too old', record({ at: '2026-10-01T00:00:00.000Z' }), 'more than 35 days old'],
  ['from the future', record({ at: '2026-11-24T23:30:00.000Z' }), 'minutes ahead'],
  ['of a negative amount', record({ meters: { requests: -1 } }), 'meters.requests'],
  ['of no meter', record({ meters: {} }), 'must have 1 to 20 meters'],
  ['with a tenant that is none', record({ tenantId: '@shared' }), 'tenantId'],
  ['that is none', 'nonsense', 'record: '],
])('a record %s is refused, kept for a look, and holds nothing back', async (_what, bad, reason) => {
  const table = new MemoryControlTable();
  const answer = await ingestUsage([bad, record({ id: 'request:2' })], { table, now });
  expect(answer).toMatchObject({ counted: 1, refused: [{ reason: expect.stringContaining(reason) }] });
  const kept = table.all().filter(({ pk }) => pk.startsWith('USAGE-REFUSED#'));
  expect(kept).toMatchObject([{ reason: expect.stringContaining(reason) }]);
  expect(counters(table)).toHaveLength(2);
});

test('a mark is kept for as long as its record could still count', async () => {
  const table = new MemoryControlTable();
  await ingestUsage([record()], { table, now });
  const [seen] = table.all().filter(({ pk }) => pk.startsWith('USAGE-RECORD#'));
  expect(Number(seen?.expiresAt) * 1000).toBeGreaterThan(Date.parse(record().at) + 35 * 24 * 3600 * 1000);
});

/** Fails some writes after they happened, as a lost answer does, and others before. */
class ShakyTable extends MemoryControlTable {
  constructor(private readonly faults: ('before' | 'after' | 'none')[]) {
    super();
  }

  override async write(writes: readonly Write[]): Promise<void> {
    expect(writes.length).toBeLessThanOrEqual(100);
    const keys = writes.map((write) =>
      JSON.stringify(write.type === 'put' ? [write.item.pk, write.item.sk] : write.key),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const fault = this.faults.shift() ?? 'none';
    if (fault === 'before') throw new Error('the table did not hear');
    await super.write(writes);
    if (fault === 'after') throw new Error('the answer was lost');
  }
}

const used: fc.Arbitrary<UsageRecord> = fc
  .record({
    id: fc.integer({ min: 1, max: 60 }),
    tenantId: fc.constantFrom('acme', 'globex', 'initech'),
    hour: fc.integer({ min: 10, max: 22 }),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    meters: fc.dictionary(
      fc.constantFrom('requests', 'read-units', 'write-units', 'function-mb-ms', 'order-placed'),
      fc.integer({ min: 0, max: 100_000 }).map((thousandth) => thousandth / 1000),
      { minKeys: 1 },
    ),
  })
  .map(({ id, hour, ...rest }) => ({ ...rest, id: `request:${id}`, at: `2026-11-24T${hour}:00:00.000Z` }));

test('the counts are the same whatever the order, the number, the batching and the failures of deliveries', async () => {
  const distinct = fc.uniqueArray(used, {
    maxLength: 120,
    selector: ({ tenantId, id }) => `${tenantId} ${id}`,
  });
  const fault = fc.constantFrom('before', 'after', 'none', 'none');
  const plan = distinct.chain((records) =>
    fc.record({
      records: fc.constant(records),
      // Each record once at least, and some again, shuffled.
      sent: fc.array(fc.nat({ max: Math.max(0, records.length - 1) }), { maxLength: 60 }).chain((again) =>
        fc.shuffledSubarray([...records, ...again.flatMap((at) => records[at] ?? [])], {
          minLength: records.length + again.filter((at) => records[at]).length,
        }),
      ),
      sizes: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 10 }),
      faults: fc.array(fault, { maxLength: 30 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(plan, async ({ records, sent, sizes, faults }) => {
      const plain = new MemoryControlTable();
      for (const each of records) await ingestUsage([each], { table: plain, now });
      const shaky = new ShakyTable([...faults]);
      for (let at = 0, turn = 0; at < sent.length; turn += 1) {
        const size = sizes[turn % sizes.length] as number;
        const delivery = sent.slice(at, at + size);
        at += size;
        // As whoever delivers does: the same again until it is taken.
        while (
          !(await ingestUsage(delivery, { table: shaky, now }).then(
            () => true,
            () => false,
          ))
        );
      }
      expect(rounded(counters(shaky))).toEqual(rounded(counters(plain)));
    }),
    { numRuns: 60 },
  );
});

// The memory table adds floating point numbers, DynamoDB decimals.
const rounded = (items: ReturnType<typeof counters>) =>
  items.map((item) => ({
    ...item,
    quantity: Math.round(Number(item.quantity) * 1000),
    late: Math.round(Number(item.late) * 1000),
  }));
