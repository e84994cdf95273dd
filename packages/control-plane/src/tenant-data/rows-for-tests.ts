import { shardOf } from '@granary/auth';
import fc from 'fast-check';
import { MemoryRows } from './memory-rows';
import { entityIdOf, type Row, rowHash } from './row';
import type { Slice, WorkTime } from './work-time';

const value = fc.oneof(
  fc.record({ S: fc.string() }),
  fc.record({ N: fc.integer().map(String) }),
  fc.record({ B: fc.uint8Array({ maxLength: 8 }) }),
  fc.record({ SS: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }) }),
  fc.record({ M: fc.dictionary(fc.string(), fc.record({ BOOL: fc.boolean() }), { maxKeys: 2 }) }),
  fc.record({ L: fc.array(fc.record({ NULL: fc.constant(true as const) }), { maxLength: 2 }) }),
);
const attributes = fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 3 });
const id = fc.string({ minLength: 1, maxLength: 6, unit: 'binary' });

/** Rows of one table by sort key, as a service of so many shards wrote them. */
export const someRows = fc
  .uniqueArray(fc.tuple(id, attributes), { selector: ([each]) => each, maxLength: 25 })
  .map((all) => all.map(([each, rest]): Row => ({ ...rest, sk: { S: `PRODUCT#${each}` } })));
export const someShards = fc.integer({ min: 1, max: 64 });

export interface Written {
  readonly rows: readonly Row[];
  readonly shards: number;
}

export async function tableOf(tenantId: string, { rows, shards }: Written): Promise<MemoryRows> {
  const table = new MemoryRows(tenantId);
  await table.put(
    rows.map((row) => {
      const sortKey = row.sk?.S as string;
      return { row, sortKey, shard: shardOf(entityIdOf(sortKey), shards) };
    }),
  );
  return table;
}

export async function tablesOf(
  tenantId: string,
  written: Readonly<Record<string, Written>>,
): Promise<ReadonlyMap<string, MemoryRows>> {
  const tables = await Promise.all(
    Object.entries(written).map(async ([name, each]) => [name, await tableOf(tenantId, each)] as const),
  );
  return new Map(tables);
}

/** Hashes of what a table holds, whatever the shard. */
export function contentsOf(table: MemoryRows): readonly string[] {
  return table
    .all()
    .map(({ row }) => rowHash(row))
    .sort();
}

export const ENDLESS: WorkTime = { over: () => false };

/** Time that is over at every `nth` question. */
export function timeInSlices(nth: number): WorkTime {
  let asked = 0;
  return {
    over: () => {
      asked += 1;
      return asked % nth === 0;
    },
  };
}

/** Runs slice after slice, each cursor through JSON as a state machine passes it. */
export async function toTheEnd<Result, Cursor>(
  run: (cursor: Cursor | undefined) => Promise<Slice<Result, Cursor>>,
): Promise<{ readonly result: Result; readonly slices: number }> {
  let cursor: Cursor | undefined;
  for (let slices = 1; slices < 1000; slices += 1) {
    const slice = await run(cursor);
    if (slice.done) return { result: slice.result, slices };
    cursor = JSON.parse(JSON.stringify(slice.cursor)) as Cursor;
  }
  throw new Error('the slices do not come to an end');
}
