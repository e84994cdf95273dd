import type { Usage } from '@granary/api';

/** How much of today's share is used. */
export interface Share {
  /** 0 to 100; 100 only when nothing is left. */
  readonly percent: number;
  readonly level: 'plenty' | 'little' | 'none';
}

/** From here on a tenant should know. */
const LITTLE_PERCENT = 80;

export function shareOf({ quota: { requestsPerDay, used, left } }: Pick<Usage, 'quota'>): Share {
  if (left === 0) return { percent: 100, level: 'none' };
  const percent = Math.min(99, Math.floor((100 * used) / Math.max(1, requestsPerDay)));
  return { percent, level: percent >= LITTLE_PERCENT ? 'little' : 'plenty' };
}

/** "in 3 hours 5 minutes", "in 4 minutes". */
export function timeUntil(instant: string, now: number): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(instant) - now) / 60_000));
  const parts = [
    [Math.floor(minutes / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  return `in ${parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ')}`;
}
