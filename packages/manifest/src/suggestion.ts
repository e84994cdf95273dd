import { printable } from './printable';

const LONGEST = 40;

/** `did you mean "x"?` for a near miss, else the list of what there is. */
export function suggest(wrong: string, known: readonly string[], noun: string): string {
  const nearest = nearestOf(wrong, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  const shown = known.slice(0, 12).map(printable).join(', ');
  return known.length === 0
    ? `there is no ${noun} yet: add one, or leave this out`
    : `write one of ${shown}${known.length > 12 ? ', ...' : ''}`;
}

function nearestOf(wrong: string, known: readonly string[]): string | undefined {
  if (wrong.length > LONGEST) return undefined;
  const farthest = Math.max(1, Math.floor(wrong.length / 3));
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - wrong.length) <= farthest)
    .map((candidate) => ({ candidate, distance: editDistance(wrong.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= farthest ? best.candidate : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      const swaps = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const swapped = swaps ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
