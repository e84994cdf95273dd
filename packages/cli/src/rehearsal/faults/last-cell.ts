import type { Manifest } from '@granary/manifest';

/** The cell that is named last: faults of one account show there. */
export function lastCell({ cells }: Pick<Manifest, 'cells'>): Manifest['cells'][number] {
  const cell = cells.at(-1);
  if (!cell) throw new RangeError('a manifest has a cell');
  return cell;
}
