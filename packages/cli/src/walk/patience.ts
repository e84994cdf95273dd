import { setTimeout as pause } from 'node:timers/promises';
import { WalkError } from '../cli-error';

/** How long to wait for something that happens in the background. */
export interface Patience {
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
  readonly now: () => number;
}

export const PATIENCE: Patience = {
  timeoutMs: 60_000,
  intervalMs: 250,
  pause: (milliseconds, signal) => pause(milliseconds, undefined, signal ? { signal } : {}),
  now: Date.now,
};

/**
 * Asks until `probe` answers something.
 *
 * @param what for the error: `tenant acme to become active`
 * @throws WalkError when it takes too long
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  patience: Patience,
): Promise<T> {
  const deadline = patience.now() + patience.timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (patience.now() >= deadline)
      throw new WalkError(`waited ${patience.timeoutMs / 1000} s in vain for ${what}`);
    await patience.pause(patience.intervalMs);
  }
}
