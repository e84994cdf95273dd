import { isDeepStrictEqual } from 'node:util';

/** One value of an entry that is not what it was. */
export interface FieldChange {
  /** Names of the fields on the way to it, from the entry: `quota.requestsPerDay` is two. */
  readonly path: readonly string[];
  /** Absent: the field is new. */
  readonly before?: unknown;
  /** Absent: the field is gone. */
  readonly after?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields that differ, those of nested objects one by one; a list is one value. */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  return differences(before as Fields, after as Fields);
}

function differences(before: Fields, after: Fields): readonly FieldChange[] {
  return names(before, after).flatMap((name): readonly FieldChange[] => {
    const [old, now] = [before[name], after[name]];
    if (old === now || isDeepStrictEqual(old, now)) return [];
    if (isFields(old) && isFields(now))
      return differences(old, now).map((change) => ({ ...change, path: [name, ...change.path] }));
    return [
      {
        path: [name],
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      },
    ];
  });
}

/** @returns the entry as the changes make it. */
export function withFieldChanges<T extends object>(entry: T, changes: readonly FieldChange[]): T {
  return changes.reduce<Fields>(withChange, entry as Fields) as T;
}

function withChange(fields: Fields, { path, ...change }: FieldChange): Fields {
  const [name = '', ...rest] = path;
  if (rest.length > 0) {
    const inner = fields[name];
    return { ...fields, [name]: withChange(isFields(inner) ? inner : {}, { path: rest, ...change }) };
  }
  const { [name]: _old, ...others } = fields;
  return 'after' in change ? { ...fields, [name]: change.after } : others;
}

function names(before: Fields, after: Fields): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
