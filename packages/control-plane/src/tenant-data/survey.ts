import { digestOfTable, tablesFrom, type WalkCursor } from './cursor';
import { DigestSum, type RowsDigest } from './digest';
import { rowHash } from './row';
import { walkRows } from './row-walk';
import type { TenantRows, TenantTables } from './tenant-rows';
import type { Slice, WorkTime } from './work-time';

/** What is there, by table. */
export type Survey = Readonly<Record<string, RowsDigest>>;

/** Counts and digests a tenant's rows, each as the service would find it. */
export async function surveyRows(
  tables: TenantTables,
  cursor: WalkCursor | undefined,
  time: WorkTime,
): Promise<Slice<Survey, WalkCursor>> {
  const digests: Record<string, RowsDigest> = { ...cursor?.digests };
  for (const table of tablesFrom(tables.keys(), cursor)) {
    const sum = new DigestSum(digestOfTable(cursor, table));
    const start = table === cursor?.table ? cursor.after : undefined;
    let last = start;
    for await (const { row, sortKey } of walkRows(tables.get(table) as TenantRows, start)) {
      // Of one key on two shards, the walk gives the one first that the service finds.
      if (sortKey !== last) {
        if (time.over() && last !== start)
          return { done: false, cursor: cursorAt(table, last, { ...digests, [table]: sum.value }) };
        sum.add(rowHash(row));
      }
      last = sortKey;
    }
    digests[table] = sum.value;
  }
  return { done: true, result: digests };
}

function cursorAt(table: string, after: string | undefined, digests: Survey): WalkCursor {
  return { table, digests, ...(after === undefined ? {} : { after }) };
}
