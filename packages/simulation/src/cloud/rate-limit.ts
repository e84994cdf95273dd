/** How often an API may be called: a bucket of `burst` tokens that fills by `perSecond`. */
export interface Rate {
  readonly perSecond: number;
  /** @default 1: calls keep their distance, as of an API of which no burst is published */
  readonly burst?: number;
}

/** Calls that a rate lets through in one second at most. */
export function mostInASecond({ perSecond, burst = 1 }: Rate): number {
  return burst - 1 + Math.ceil(perSecond);
}

/** What rounding may add to a bucket: a call a nanosecond early is no call too many. */
const ROUNDING = 1e-9;

/** A token bucket, as AWS's APIs keep one for each account and region. */
export class RateLimit {
  private readonly burst: number;
  private tokens: number;
  private filledAt = 0;
  private second = -1;
  private inSecond = 0;
  private most = 0;
  private admittedCalls = 0;
  private refusedCalls = 0;
  private longest = 0;

  constructor(private readonly rate: Rate) {
    this.burst = rate.burst ?? 1;
    this.tokens = this.burst;
  }

  /** Calls that were let through. */
  get admitted(): number {
    return this.admittedCalls;
  }

  /** Calls that were throttled. */
  get refused(): number {
    return this.refusedCalls;
  }

  /** The most calls that were let through in one second of the clock. */
  get peak(): number {
    return this.most;
  }

  /** The longest that a call waited for its place, in seconds. */
  get longestWait(): number {
    return this.longest;
  }

  /**
   * Whether a call at this time is let through.
   *
   * @param now in seconds; never before the last call's
   */
  admit(now: number): boolean {
    this.fill(now);
    if (this.tokens < 1 - ROUNDING) {
      this.refusedCalls += 1;
      return false;
    }
    this.tokens -= 1;
    this.count(now);
    return true;
  }

  /**
   * For services that wait instead of refusing: takes the next free place.
   *
   * @returns seconds from now until the call is let through
   */
  reserve(now: number): number {
    this.fill(now);
    this.tokens -= 1;
    const seconds = this.tokens >= 0 ? 0 : -this.tokens / this.rate.perSecond;
    this.longest = Math.max(this.longest, seconds);
    this.count(now + seconds);
    return seconds;
  }

  private fill(now: number): void {
    this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * this.rate.perSecond);
    this.filledAt = now;
  }

  private count(at: number): void {
    this.admittedCalls += 1;
    const second = Math.floor(at + ROUNDING);
    this.inSecond = second === this.second ? this.inSecond + 1 : 1;
    this.second = second;
    this.most = Math.max(this.most, this.inSecond);
  }
}
