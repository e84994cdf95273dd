import { type FieldChange, fieldChanges, withFieldChanges } from './field-change';

/** What became of the entries of a list in which each has a name of its own. */
export interface ListDiff<T> {
  readonly added: readonly T[];
  readonly changed: readonly EntryChange<T>[];
  /** As they were. */
  readonly removed: readonly T[];
  /** Names, when the entries do not simply follow: those that stayed, then the new ones. */
  readonly order?: readonly string[];
}

export interface EntryChange<T> {
  readonly before: T;
  readonly after: T;
  readonly fields: readonly FieldChange[];
}

export function diffList<T extends object>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (entry: T) => string,
): ListDiff<T> {
  const old = new Map(before.map((entry) => [nameOf(entry), entry]));
  const now = new Map(after.map((entry) => [nameOf(entry), entry]));
  const added = after.filter((entry) => !old.has(nameOf(entry)));
  const removed = before.filter((entry) => !now.has(nameOf(entry)));
  const changed = after.flatMap((entry): readonly EntryChange<T>[] => {
    const was = old.get(nameOf(entry));
    const fields = was ? fieldChanges(was, entry) : [];
    return was && fields.length > 0 ? [{ before: was, after: entry, fields }] : [];
  });
  const plain = [...before.filter((entry) => now.has(nameOf(entry))), ...added].map(nameOf);
  const order = after.map(nameOf);
  const follows = plain.every((name, index) => name === order[index]);
  return { added, changed, removed, ...(follows ? {} : { order }) };
}

/** @returns the list as the differences make it. */
export function applyListDiff<T extends object>(
  before: readonly T[],
  { added, changed, removed, order }: ListDiff<T>,
  nameOf: (entry: T) => string,
): readonly T[] {
  const gone = new Set(removed.map(nameOf));
  const changes = new Map(changed.map((change) => [nameOf(change.before), change.fields]));
  const list = before
    .filter((entry) => !gone.has(nameOf(entry)))
    .map((entry) => withFieldChanges(entry, changes.get(nameOf(entry)) ?? []));
  const all = [...list, ...added];
  if (!order) return all;
  const byName = new Map(all.map((entry) => [nameOf(entry), entry]));
  return order.flatMap((name) => byName.get(name) ?? []);
}
