import type { ControlClient } from '@granary/client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useControl } from '../../api-access/clients';

/** What every page that shows something live asks again after, in milliseconds. */
export const LIVE_MS = 2_000;
/** What changes seldom. */
export const CALM_MS = 15_000;

export interface AnswerOptions<T> {
  /** Milliseconds until it is asked again, by what was answered last. @default never */
  readonly again?: number | ((data: T | undefined) => number | false);
  /** @default true */
  readonly enabled?: boolean;
}

/**
 * An answer of the control plane, kept under a key and asked for again from time to time.
 *
 * @param key its first part names what an order refreshes
 */
export function useAnswer<T>(
  key: readonly [string, ...unknown[]],
  ask: (control: ControlClient, signal: AbortSignal) => Promise<T>,
  { again, enabled = true }: AnswerOptions<T> = {},
): UseQueryResult<T> {
  const control = useControl();
  return useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => ask(control, signal),
    enabled,
    ...(again === undefined
      ? {}
      : {
          refetchInterval:
            typeof again === 'number'
              ? again
              : (query: { state: { data: T | undefined } }) => again(query.state.data),
        }),
  });
}
