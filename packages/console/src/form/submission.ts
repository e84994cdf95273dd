import { useState } from 'react';

export interface Submission {
  /** Whether it was sent once, or tried to be. */
  readonly tried: boolean;
  readonly busy: boolean;
  /** What the last one threw. @default it went well, or there was none */
  readonly error: unknown;
  send(): void;
}

/**
 * The state of a form that is sent as a whole.
 *
 * @param ready whether all is filled in; nothing is sent before
 * @param onSubmit does it; what it throws is kept
 */
export function useSubmission(ready: boolean, onSubmit: () => Promise<void>): Submission {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setTried(true);
    if (!ready || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit();
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  return { tried, busy, error, send: () => void run() };
}
