/** How long a pause may be, in seconds. */
export interface PauseRange {
  /** The longest first pause. */
  readonly first: number;
  /** The longest of all. */
  readonly longest: number;
}

/** Between looks at a stack that works. */
export const POLL: PauseRange = { first: 2, longest: 30 };
/** Before a failed call or attempt is made again. */
export const BACKOFF: PauseRange = { first: 4, longest: 120 };

/**
 * A pause with full jitter, in whole seconds: anywhere up to a bound that doubles with each time, so that thousands
 * of deployments that began together do not ask together.
 * @param times pauses before this one
 * @param random in [0, 1)
 */
export function pause(range: PauseRange, times: number, random: () => number): number {
  const bound = Math.min(range.longest, range.first * 2 ** Math.min(times, 16));
  return Math.max(1, Math.ceil(random() * bound));
}
