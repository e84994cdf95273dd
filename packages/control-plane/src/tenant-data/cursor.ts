import * as z from 'zod';
import type { RowsDigest } from './digest';
import { NO_ROWS } from './digest';

export const digestSchema = z.strictObject({
  rows: z.number().int().min(0),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Where a walk over a tenant's tables stopped. */
export const walkCursorSchema = z.strictObject({
  /** The table that is walked; those before it, by name, are done. */
  table: z.string().max(255),
  /** The sort key of the last row that is done. */
  after: z.string().max(1024).optional(),
  /** What was walked of each table. */
  digests: z.record(z.string(), digestSchema),
});
export type WalkCursor = z.output<typeof walkCursorSchema>;

/** Tables from the cursor's on, in the order of their names: the same in every slice. */
export function tablesFrom(names: Iterable<string>, cursor: WalkCursor | undefined): readonly string[] {
  return [...names].sort().filter((name) => cursor === undefined || name >= cursor.table);
}

export function digestOfTable(cursor: WalkCursor | undefined, table: string): RowsDigest {
  return cursor?.digests[table] ?? NO_ROWS;
}
