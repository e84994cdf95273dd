/** How a step waits. Tests pass a clock that does not. */
export interface Clock {
  /** In milliseconds, from any start. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

export const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export interface Patience {
  /** When to give up, in milliseconds from the start. */
  readonly limit: number;
  /** First pause; each next one is half as long again. */
  readonly pause: number;
  /** Longest pause. */
  readonly longest: number;
}

/** What a try came to: an answer, or the reason to try again. */
export type Attempt<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly reason: string };

export type Outcome<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly reason: string };

/** Tries until an attempt is done or patience ends; then answers the last reason. An attempt that throws ends it. */
export async function patiently<T>(
  attempt: () => Promise<Attempt<T>>,
  { limit, pause, longest }: Patience,
  clock: Clock,
): Promise<Outcome<T>> {
  const end = clock.now() + limit;
  for (let next = pause; ; next = Math.min(next * 1.5, longest)) {
    const result = await attempt();
    if (result.done || clock.now() + next > end) return result;
    await clock.wait(next);
  }
}
