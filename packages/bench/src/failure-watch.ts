import { setTimeout as pause } from 'node:timers/promises';

/** What a tenant's user saw of an API while it was asked again and again. */
export interface Seen {
  readonly requests: number;
  readonly failed: number;
  /** Milliseconds since the epoch. @default none failed */
  readonly firstFailedAt?: number;
  readonly lastFailedAt?: number;
}

const EVERY_MS = 100;

/** Asks until it is stopped, every 100 ms; a request that is refused, fails or is not answered has failed. */
export class FailureWatch {
  private requests = 0;
  private failures: number[] = [];
  private readonly over = new AbortController();
  private readonly asking: Promise<void>;

  /** @param ask one request; throws when it fails */
  constructor(ask: () => Promise<unknown>, signal: AbortSignal) {
    this.asking = this.go(ask, AbortSignal.any([signal, this.over.signal]));
  }

  async stop(): Promise<Seen> {
    this.over.abort();
    await this.asking;
    const { requests, failures } = this;
    const [firstFailedAt] = failures;
    const lastFailedAt = failures.at(-1);
    return {
      requests,
      failed: failures.length,
      ...(firstFailedAt === undefined ? {} : { firstFailedAt }),
      ...(lastFailedAt === undefined ? {} : { lastFailedAt }),
    };
  }

  private async go(ask: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.requests += 1;
      await ask().catch(() => this.failures.push(Date.now()));
      await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
