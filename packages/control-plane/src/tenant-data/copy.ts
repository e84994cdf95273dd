import { shardOf } from '@granary/auth';
import { digestOfTable, tablesFrom, type WalkCursor } from './cursor';
import { DigestSum, digestOfAll, type RowsDigest } from './digest';
import { entityIdOf, rowHash } from './row';
import { isBefore, walkRows } from './row-walk';
import { TenantDataRefusedError } from './tenant-data-error';
import type { PlacedRow, RowPlace, TenantRows, TenantTables } from './tenant-rows';
import type { Slice, WorkTime } from './work-time';
import { WriteBatches } from './write-batches';

export interface CopyCursor extends WalkCursor {
  readonly put: number;
  readonly deleted: number;
}

export interface Copied extends RowsDigest {
  /** Rows that the target lacked or had otherwise. */
  readonly put: number;
  /** Rows that the target had and the source has not, or that lay on another shard. */
  readonly deleted: number;
}

export interface CopyOptions {
  readonly source: TenantTables;
  readonly target: TenantTables;
  /** Shards of the tenant's tier at the target. */
  readonly shards: number;
  readonly cursor: CopyCursor | undefined;
  readonly time: WorkTime;
}

/**
 * Makes the target's rows equal to the source's, each on the shard of the target's tier. Both are walked in the
 * order of their sort keys, side by side, so what is equal already costs reading only: the first run copies, and
 * one behind a freeze writes what changed meanwhile.
 */
export async function copyRows(options: CopyOptions): Promise<Slice<Copied, CopyCursor>> {
  const { source, target, cursor, time } = options;
  const digests: Record<string, RowsDigest> = { ...cursor?.digests };
  let [put, deleted] = [cursor?.put ?? 0, cursor?.deleted ?? 0];
  for (const table of tablesFrom(source.keys(), cursor)) {
    const after = table === cursor?.table ? cursor.after : undefined;
    const done = await copyTable({
      ...options,
      source: tableOf(source, table, 'source'),
      target: tableOf(target, table, 'target'),
      after,
      digest: new DigestSum(digestOfTable(cursor, table)),
      time,
    });
    digests[table] = done.digest;
    put += done.put;
    deleted += done.deleted;
    if (done.stoppedAt !== undefined)
      return { done: false, cursor: { table, after: done.stoppedAt, digests, put, deleted } };
  }
  return { done: true, result: { ...digestOfAll(Object.values(digests)), put, deleted } };
}

interface TableCopy {
  readonly source: TenantRows;
  readonly target: TenantRows;
  readonly shards: number;
  readonly after: string | undefined;
  readonly digest: DigestSum;
  readonly time: WorkTime;
}

async function copyTable({ source, target, shards, after, digest, time }: TableCopy) {
  const puts = new WriteBatches<PlacedRow>((rows) => target.put(rows));
  const removals = new WriteBatches<RowPlace>((places) => target.remove(places));
  let [put, deleted] = [0, 0];
  let stoppedAt: string | undefined;
  for await (const { key, wanted, found } of sideBySide(walkRows(source, after), walkRows(target, after))) {
    const shard = wanted && shardOf(entityIdOf(key), shards);
    const hash = wanted && rowHash(wanted.row);
    if (wanted && shard !== undefined && hash !== undefined) {
      digest.add(hash);
      if (!found.some((each) => each.shard === shard && rowHash(each.row) === hash)) {
        await puts.add({ row: wanted.row, sortKey: key, shard });
        put += 1;
      }
    }
    for (const each of found)
      if (each.shard !== shard) {
        await removals.add({ shard: each.shard, sortKey: key });
        deleted += 1;
      }
    if (time.over()) {
      stoppedAt = key;
      break;
    }
  }
  await Promise.all([puts.flush(), removals.flush()]);
  return { put, deleted, stoppedAt, digest: digest.value };
}

interface Pair {
  readonly key: string;
  /** The source's row; of one key on two shards, the one that the service finds first. */
  readonly wanted: PlacedRow | undefined;
  /** What the target has by this key, on any shard. */
  readonly found: readonly PlacedRow[];
}

/** Both walks, by sort key. */
async function* sideBySide(
  source: AsyncGenerator<PlacedRow>,
  target: AsyncGenerator<PlacedRow>,
): AsyncGenerator<Pair> {
  try {
    let [left, right] = await Promise.all([source.next(), target.next()]);
    while (!(left.done && right.done)) {
      const key = smaller(left.value?.sortKey, right.value?.sortKey);
      const wanted = left.value?.sortKey === key ? left.value : undefined;
      while (left.value?.sortKey === key) left = await source.next();
      const found: PlacedRow[] = [];
      while (right.value?.sortKey === key) {
        found.push(right.value);
        right = await target.next();
      }
      yield { key, wanted, found };
    }
  } finally {
    await Promise.all([source.return(undefined), target.return(undefined)]);
  }
}

function smaller(one: string | undefined, other: string | undefined): string {
  if (one === undefined) return other ?? '';
  return other === undefined || isBefore(one, other) ? one : other;
}

function tableOf(tables: TenantTables, name: string, end: string): TenantRows {
  const table = tables.get(name);
  if (table) return table;
  throw new TenantDataRefusedError(
    `the ${end} has no table "${name}"; release it in the version of the other end`,
  );
}
