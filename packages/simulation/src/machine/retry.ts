import type { Retrier } from './definition';

/** Whether a retrier or catcher meant for these names takes an error. */
export function takes(names: readonly string[], error: string): boolean {
  // A definition's own mistakes are not caught by the name for all.
  if (error === 'States.DataLimitExceeded' || error === 'States.Runtime') return names.includes(error);
  return (
    names.includes('States.ALL') ||
    names.includes(error) ||
    (names.includes('States.TaskFailed') && error !== 'States.Timeout')
  );
}

/** Tries that each retrier of a state has used. */
export type Tries = readonly number[];

/**
 * What becomes of a failed state: the seconds until it is tried again and the tries used then, or undefined when no
 * retrier takes the error or the one that does has no try left.
 */
export function nextTry(
  retriers: readonly Retrier[],
  tries: Tries,
  error: string,
  random: () => number,
): { readonly seconds: number; readonly tries: Tries } | undefined {
  const index = retriers.findIndex(({ ErrorEquals }) => takes(ErrorEquals, error));
  const retrier = retriers[index];
  const used = tries[index] ?? 0;
  if (!retrier || used >= retrier.MaxAttempts) return undefined;
  const {
    IntervalSeconds,
    BackoffRate,
    MaxDelaySeconds = Number.POSITIVE_INFINITY,
    JitterStrategy,
  } = retrier;
  const delay = Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds);
  return {
    seconds: JitterStrategy === 'FULL' ? delay * random() : delay,
    tries: retriers.map((_, place) => (tries[place] ?? 0) + (place === index ? 1 : 0)),
  };
}
