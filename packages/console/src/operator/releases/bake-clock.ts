import type { ReleaseWave } from '@granary/api';

/** How far a wave's gate is. `late`: its time is over and its gate has not looked yet. */
export type BakeClock =
  | { readonly phase: 'none' }
  | { readonly phase: 'baking' | 'extended'; readonly percent: number; readonly secondsLeft: number }
  | { readonly phase: 'late'; readonly secondsOver: number };

type Wave = Pick<ReleaseWave, 'status' | 'startedAt' | 'bakeEndsAt' | 'extendedUntil'>;

/**
 * The clock of a wave that bakes.
 *
 * @param now in milliseconds since 1970
 */
export function bakeClock({ status, startedAt, bakeEndsAt, extendedUntil }: Wave, now: number): BakeClock {
  if (status !== 'baking' || bakeEndsAt === undefined) return { phase: 'none' };
  const begin = startedAt === undefined ? now : Date.parse(startedAt);
  const bakeEnd = Date.parse(bakeEndsAt);
  if (now < bakeEnd) return running('baking', begin, bakeEnd, now);
  const end = extendedUntil === undefined ? bakeEnd : Date.parse(extendedUntil);
  if (now < end) return running('extended', bakeEnd, end, now);
  return { phase: 'late', secondsOver: (now - end) / 1000 };
}

function running(phase: 'baking' | 'extended', begin: number, end: number, now: number): BakeClock {
  const percent = end > begin ? Math.min(100, Math.max(0, ((now - begin) / (end - begin)) * 100)) : 100;
  return { phase, percent, secondsLeft: (end - now) / 1000 };
}
