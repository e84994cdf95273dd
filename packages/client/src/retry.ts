/** How often a call that the API had no room for is sent again, and when. */
export interface Retry {
  /** Times that a call is sent in all. @default 4 */
  readonly attempts: number;
  /** Milliseconds of the first wait, doubled by each further one. @default 200 */
  readonly firstWaitMs: number;
  /** An API that asks for a longer wait is not waited for. @default 20 000 */
  readonly longestWaitMs: number;
  /** From 0 to 1. @default Math.random */
  readonly random: () => number;
  /** @default a timer that the signal ends */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export const RETRY: Retry = {
  attempts: 4,
  firstWaitMs: 200,
  longestWaitMs: 20_000,
  random: Math.random,
  pause: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', end);
        resolve();
      }, milliseconds);
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end, { once: true });
    }),
};

/** Nothing was done: the API had no room. */
const NO_ROOM: ReadonlySet<number> = new Set([429, 503]);

/**
 * Milliseconds to wait before a call is sent again: as long as the API says and a little more, else full jitter.
 *
 * @param attempt that was answered, from 1
 * @returns undefined when it is not to be sent again
 */
export function waitBefore(
  { status, retryAfter }: { readonly status: number; readonly retryAfter?: number | undefined },
  attempt: number,
  { attempts, firstWaitMs, longestWaitMs, random }: Retry,
): number | undefined {
  if (!NO_ROOM.has(status) || attempt >= attempts) return undefined;
  const jitter = random() * firstWaitMs * 2 ** (attempt - 1);
  const wait = (retryAfter ?? 0) * 1000 + jitter;
  return wait <= longestWaitMs ? wait : undefined;
}

/** The seconds of a Retry-After header, a number or a date. */
export function retryAfterSeconds(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
}
