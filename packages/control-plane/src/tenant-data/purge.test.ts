import fc from 'fast-check';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { digestOfAll } from './digest';
import { MemoryRows } from './memory-rows';
import { type PurgeCursor, purgeRows } from './purge';
import { purgeMemory } from './purge-record';
import {
  contentsOf,
  ENDLESS,
  someRows,
  someShards,
  tableOf,
  tablesOf,
  timeInSlices,
  toTheEnd,
} from './rows-for-tests';
import { surveyRows } from './survey';
import { TenantDataRefusedError, TransientTenantDataError } from './tenant-data-error';

const NAME = { tenantId: 'acme', deploymentId: 'pool-us', operationId: 'op-1' };
const written = fc.record({ rows: someRows, shards: someShards });

it('leaves nothing, and tells what was there, wherever a slice ends or dies', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ products: written, orders: written }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (held, nth, forgetful) => {
        const tables = await tablesOf('acme', held);
        const memory = purgeMemory(new MemoryControlTable(), NAME);
        const survey = await surveyRows(tables, undefined, ENDLESS);
        if (!survey.done) throw new Error('the survey did not end');
        const expected = digestOfAll(Object.values(survey.result));
        const time = timeInSlices(nth);
        let died = false;
        const { result } = await toTheEnd<unknown, PurgeCursor>((cursor) => {
          // One slice's cursor is lost, as when the state machine is started anew.
          const lost = forgetful && !died && cursor?.phase === 'delete';
          died ||= lost;
          return purgeRows({ tables, memory, expected, cursor: lost ? undefined : cursor, time });
        });
        for (const table of tables.values()) expect(contentsOf(table)).toEqual([]);
        expect(result).toEqual({ ...expected, tables: survey.result });
      },
    ),
    { numRuns: 60 },
  );
});

it('removes nothing when something else is there than was exported', async () => {
  const products = await tableOf('acme', { rows: [{ sk: { S: 'PRODUCT#1' } }], shards: 4 });
  const purge = purgeRows({
    tables: new Map([['products', products]]),
    memory: purgeMemory(new MemoryControlTable(), NAME),
    expected: { rows: 2, digest: '0'.repeat(64) },
    cursor: undefined,
    time: ENDLESS,
  });
  await expect(purge).rejects.toThrow(TenantDataRefusedError);
  expect(products.all()).toHaveLength(1);
});

it('does not call it done while a shard reads back rows', async () => {
  class Stubborn extends MemoryRows {
    override async remove(): Promise<void> {}
  }
  const products = new Stubborn('acme');
  await products.put([{ shard: 7, sortKey: 'PRODUCT#1', row: { sk: { S: 'PRODUCT#1' } } }]);
  const purge = purgeRows({
    tables: new Map([['products', products]]),
    memory: purgeMemory(new MemoryControlTable(), NAME),
    expected: undefined,
    cursor: undefined,
    time: ENDLESS,
  });
  await expect(purge).rejects.toThrow(TransientTenantDataError);
});
