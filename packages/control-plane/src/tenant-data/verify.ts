import * as z from 'zod';
import { walkCursorSchema } from './cursor';
import { digestOfAll, type RowsDigest } from './digest';
import { type Survey, surveyRows } from './survey';
import { TenantDataMismatchError } from './tenant-data-error';
import type { TenantTables } from './tenant-rows';
import type { Slice, WorkTime } from './work-time';

const sideSchema = z.strictObject({
  cursor: walkCursorSchema.optional(),
  survey: z.record(z.string(), z.custom<RowsDigest>()).optional(),
});
export const verifyCursorSchema = z.strictObject({ source: sideSchema, target: sideSchema });
export type VerifyCursor = z.output<typeof verifyCursorSchema>;
type Side = z.output<typeof sideSchema>;

export interface Verified extends RowsDigest {
  readonly equal: true;
  readonly tables: Survey;
}

/**
 * Compares both ends by count and digest of each table; they are walked at the same time.
 * @throws TenantDataMismatchError that names the tables
 */
export async function verifyRows(
  source: TenantTables,
  target: TenantTables,
  cursor: VerifyCursor | undefined,
  time: WorkTime,
): Promise<Slice<Verified, VerifyCursor>> {
  const [left, right] = await Promise.all([
    side(source, cursor?.source, time),
    side(target, cursor?.target, time),
  ]);
  if (!left.survey || !right.survey) return { done: false, cursor: { source: left, target: right } };
  const different = differences(left.survey, right.survey);
  if (different.length > 0) throw new TenantDataMismatchError(`the copy differs: ${different.join('; ')}`);
  return {
    done: true,
    result: { equal: true, tables: left.survey, ...digestOfAll(Object.values(left.survey)) },
  };
}

async function side(tables: TenantTables, known: Side | undefined, time: WorkTime): Promise<Side> {
  if (known?.survey) return known;
  const slice = await surveyRows(tables, known?.cursor, time);
  return slice.done ? { survey: slice.result } : { cursor: slice.cursor };
}

function differences(source: Survey, target: Survey): readonly string[] {
  const names = [...new Set([...Object.keys(source), ...Object.keys(target)])].sort();
  return names.flatMap((name) => {
    const [here, there] = [source[name], target[name]];
    if (here?.rows === there?.rows && here?.digest === there?.digest) return [];
    return [
      `table "${name}" has ${here?.rows ?? 'no'} rows at the source and ${there?.rows ?? 'no'} at the target${here?.rows === there?.rows ? ', with other contents' : ''}`,
    ];
  });
}
