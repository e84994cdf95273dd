import { WaitPeriodNotYetEndedJwkError } from 'aws-jwt-verify/error';
import type { Fetcher } from 'aws-jwt-verify/https';
import type { PenaltyBox } from 'aws-jwt-verify/jwk';

/** How long unknown key ids go without another look at the key set. */
export const KEY_REFRESH_SECONDS = 60;

/** How the time of a look is told. */
export interface KeyRefreshOptions {
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Bounds how often key ids that are not in the set may make it be fetched anew. */
export interface KeyRefresh extends PenaltyBox {
  /** The fetcher, watched: a refresh that fails counts as one, unless there are no keys yet at all. */
  watch(fetcher: Fetcher): Fetcher;
}

/**
 * One look at a provider's key set in KEY_REFRESH_SECONDS, whatever its tokens name and whether or not the look
 * finds the key: anyone can send key ids that do not exist. Requests that ask during a look share it.
 */
export function keyRefresh({ now = Date.now }: KeyRefreshOptions = {}): KeyRefresh {
  let lastRefresh = Number.NEGATIVE_INFINITY;
  let held = false;
  const refreshed = () => {
    held = true;
    lastRefresh = now();
  };
  return {
    async wait() {
      if (now() - lastRefresh < KEY_REFRESH_SECONDS * 1000)
        throw new WaitPeriodNotYetEndedJwkError('the key set was looked at a moment ago');
    },
    registerFailedAttempt: refreshed,
    registerSuccessfulAttempt: refreshed,
    watch: (fetcher) => ({
      async fetch(uri, ...rest) {
        try {
          const keys = await fetcher.fetch(uri, ...rest);
          held = true;
          return keys;
        } catch (error) {
          if (held) lastRefresh = now();
          throw error;
        }
      },
    }),
  };
}
