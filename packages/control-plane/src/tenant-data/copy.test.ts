import { shardOf } from '@granary/auth';
import fc from 'fast-check';
import { type CopyCursor, copyRows } from './copy';
import { entityIdOf } from './row';
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
import { TenantDataMismatchError, TenantDataRefusedError } from './tenant-data-error';
import { verifyRows } from './verify';

const written = fc.record({ rows: someRows, shards: someShards });

describe('copying', () => {
  it('makes the target equal, on the shards of its tier, whatever either held and wherever a slice ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ products: written, orders: written }),
        fc.record({ products: written, orders: written }),
        someShards,
        fc.integer({ min: 1, max: 9 }),
        async (from, to, shards, nth) => {
          const [source, target] = [await tablesOf('acme', from), await tablesOf('acme', to)];
          const before = contentsOf(source.get('products') as never);
          const time = timeInSlices(nth);
          const { result } = await toTheEnd<unknown, CopyCursor>((cursor) =>
            copyRows({ source, target, shards, cursor, time }),
          );
          for (const name of ['products', 'orders']) {
            const table = target.get(name) as NonNullable<ReturnType<typeof target.get>>;
            expect(contentsOf(table)).toEqual(contentsOf(source.get(name) as typeof table));
            for (const { shard, sortKey } of table.all())
              expect(shard).toBe(shardOf(entityIdOf(sortKey), shards));
          }
          expect(contentsOf(source.get('products') as never)).toEqual(before);
          const verified = await verifyRows(source, target, undefined, ENDLESS);
          expect(verified).toMatchObject({
            done: true,
            result: { digest: (result as { digest: string }).digest },
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(written, someShards, async (from, shards) => {
        const [source, target] = [await tablesOf('acme', { products: from }), new Map()];
        target.set('products', await tableOf('acme', { rows: [], shards: 1 }));
        const options = { source, target, shards, cursor: undefined, time: ENDLESS };
        expect(await copyRows(options)).toMatchObject({ result: { put: from.rows.length, deleted: 0 } });
        expect(await copyRows(options)).toMatchObject({
          result: { put: 0, deleted: 0, rows: from.rows.length },
        });
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when the target lacks a table', async () => {
    const source = await tablesOf('acme', { products: { rows: [], shards: 1 } });
    const options = { source, target: new Map(), shards: 1, cursor: undefined, time: ENDLESS };
    await expect(copyRows(options)).rejects.toThrow(TenantDataRefusedError);
  });
});

describe('verifying', () => {
  it('names the table of a single row that differs, wherever a slice ends', async () => {
    const nonEmpty = written.filter(({ rows }) => rows.length > 0);
    await fc.assert(
      fc.asyncProperty(nonEmpty, someShards, fc.integer({ min: 1, max: 5 }), async (from, shards, nth) => {
        const [first, ...rest] = from.rows;
        const changed = [{ ...first, version: { N: '99' } } as (typeof from.rows)[number], ...rest];
        const source = await tablesOf('acme', { products: from });
        const target = await tablesOf('acme', { products: { rows: changed, shards } });
        const time = timeInSlices(nth);
        const compare = toTheEnd((cursor) => verifyRows(source, target, cursor as never, time));
        await expect(compare).rejects.toThrow(TenantDataMismatchError);
        await expect(compare).rejects.toThrow('table "products"');
      }),
      { numRuns: 30 },
    );
  });
});
