/** How long a slice may work: a function has fifteen minutes, and a state machine calls it again. */
export interface WorkTime {
  /** Whether the slice should end behind what it has in hand. */
  over(): boolean;
}

/** Until so many milliseconds before the function would be killed. */
export function untilDeadline(remaining: () => number, reserve = 60_000): WorkTime {
  return { over: () => remaining() < reserve };
}

/** What a slice came to: done, or where the next one goes on. */
export type Slice<Result, Cursor> =
  | { readonly done: true; readonly result: Result }
  | { readonly done: false; readonly cursor: Cursor; readonly waitSeconds?: number };
