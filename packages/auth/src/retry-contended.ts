import { setTimeout as sleep } from 'node:timers/promises';

/** The longest wait between two tries, in milliseconds. */
const LONGEST_MS = 500;

export interface ContendedOptions {
  /** Whether a failure comes from meeting others, so that another try may succeed. */
  readonly met: (error: unknown) => boolean;
  /** At most 12 take some three seconds. @default 6 */
  readonly tries?: number | undefined;
  /** Waits between tries, in milliseconds. @default a timer */
  readonly wait?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/**
 * Does what others may get in the way of, again while they do. Waits longer each time and by full jitter: those who
 * met once would meet again.
 * @param attempt has written nothing when it fails
 * @throws what the last try threw
 */
export async function retryContended<Result>(
  attempt: () => Promise<Result>,
  { met, tries = 6, wait = sleep }: ContendedOptions,
): Promise<Result> {
  for (let left = tries - 1; ; left -= 1)
    try {
      return await attempt();
    } catch (error) {
      if (left <= 0 || !met(error)) throw error;
      await wait(Math.random() * Math.min(25 * 2 ** (tries - left), LONGEST_MS));
    }
}
