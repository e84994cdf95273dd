import { type Entry, textOf } from './draft';
import { formatPath, type Problem } from './problem';

/** Entries whose name an earlier one has. */
export function* repeated(entries: readonly Entry[], field: string, noun: string): Generator<Problem> {
  const seen = new Map<string, Entry>();
  for (const entry of entries) {
    const name = textOf(entry, field);
    if (name === undefined) continue;
    const first = seen.get(name);
    if (first)
      yield {
        path: [...entry.path, field],
        message: `is also the ${field} of ${formatPath(first.path)}`,
        advice: `give every ${noun} its own`,
      };
    else seen.set(name, entry);
  }
}
