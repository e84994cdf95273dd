import * as z from 'zod';
import { digestSchema, tablesFrom, walkCursorSchema } from './cursor';
import { digestOfAll, type RowsDigest } from './digest';
import { walkRows } from './row-walk';
import { type Survey, surveyRows } from './survey';
import { TenantDataRefusedError, TransientTenantDataError } from './tenant-data-error';
import { MOST_SHARDS, type RowPlace, type TenantRows, type TenantTables } from './tenant-rows';
import type { Slice, WorkTime } from './work-time';
import { WriteBatches } from './write-batches';

export const purgeCursorSchema = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('survey'), walk: walkCursorSchema.optional() }),
  z.strictObject({ phase: z.literal('delete'), table: z.string().max(255) }),
]);
export type PurgeCursor = z.output<typeof purgeCursorSchema>;

export const surveySchema = z.record(z.string(), digestSchema);

export interface Purged extends RowsDigest {
  readonly tables: Survey;
}

/** What was there when the purge began, kept so that a purge that is begun again knows it. */
export interface PurgeMemory {
  recall(): Promise<Survey | undefined>;
  keep(survey: Survey): Promise<void>;
}

export interface PurgeOptions {
  readonly tables: TenantTables;
  readonly memory: PurgeMemory;
  /** What must be there; anything else is left alone. @default whatever is there */
  readonly expected: RowsDigest | undefined;
  readonly cursor: PurgeCursor | undefined;
  readonly time: WorkTime;
}

/**
 * Removes a tenant's rows: counts and digests them, keeps that, removes them, and reads every shard back.
 * @throws TenantDataRefusedError before anything is removed, when what is there is not what was expected
 */
export async function purgeRows(options: PurgeOptions): Promise<Slice<Purged, PurgeCursor>> {
  const { tables, memory, expected, cursor, time } = options;
  let survey = await memory.recall();
  if (!survey) {
    const walk = cursor?.phase === 'survey' ? cursor.walk : undefined;
    const slice = await surveyRows(tables, walk, time);
    if (!slice.done) return { done: false, cursor: { phase: 'survey', walk: slice.cursor } };
    survey = slice.result;
    requireExpected(digestOfAll(Object.values(survey)), expected);
    await memory.keep(survey);
  }
  const found = digestOfAll(Object.values(survey));
  requireExpected(found, expected);
  const from = cursor?.phase === 'delete' ? cursor.table : '';
  for (const table of tablesFrom(tables.keys(), { table: from, digests: {} })) {
    const rows = tables.get(table) as TenantRows;
    if (!(await removeAll(rows, time))) return { done: false, cursor: { phase: 'delete', table } };
    await requireEmpty(rows, table);
  }
  return { done: true, result: { ...found, tables: survey } };
}

/** @returns whether nothing was left to remove */
async function removeAll(table: TenantRows, time: WorkTime): Promise<boolean> {
  const removals = new WriteBatches<RowPlace>((places) => table.remove(places));
  let whole = true;
  for await (const { shard, sortKey } of walkRows(table, undefined)) {
    await removals.add({ shard, sortKey });
    whole = !time.over();
    if (!whole) break;
  }
  await removals.flush();
  return whole;
}

async function requireEmpty(table: TenantRows, name: string): Promise<void> {
  const shards = Array.from({ length: MOST_SHARDS }, (_, shard) => table.page(shard, undefined));
  const left = (await Promise.all(shards)).reduce((count, { rows }) => count + rows.length, 0);
  if (left > 0)
    throw new TransientTenantDataError(
      `table "${name}" still holds ${left} rows or more behind the purge; purge again`,
    );
}

function requireExpected(found: RowsDigest, expected: RowsDigest | undefined): void {
  if (!expected || (found.rows === expected.rows && found.digest === expected.digest)) return;
  throw new TenantDataRefusedError(
    `purge refused: ${found.rows} rows are there, ${expected.rows} were expected${found.rows === expected.rows ? ', with other contents' : ''}; export or copy again first`,
  );
}
