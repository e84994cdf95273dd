/** How many calls run at the same time, where calls of a kind all take the same time. */
export class Concurrency {
  /** When calls end, the earliest first, by kind; `next` is the first that still runs. */
  private readonly ends = new Map<string, { readonly at: number[]; next: number }>();
  private running = 0;
  private most = 0;
  private refusedCalls = 0;

  constructor(private readonly limit: number) {}

  /** The most that ran at the same time. */
  get peak(): number {
    return this.most;
  }

  /** Calls that were too many. */
  get throttled(): number {
    return this.refusedCalls;
  }

  /**
   * Whether a call may begin.
   *
   * @param now in seconds; never before the last call's
   * @param seconds that every call of the kind takes
   */
  begin(kind: string, now: number, seconds: number): boolean {
    for (const line of this.ends.values()) this.endUntil(now, line);
    if (this.running >= this.limit) {
      this.refusedCalls += 1;
      return false;
    }
    const line = this.ends.get(kind) ?? { at: [], next: 0 };
    line.at.push(now + seconds);
    this.ends.set(kind, line);
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    return true;
  }

  private endUntil(now: number, line: { readonly at: number[]; next: number }): void {
    while (line.next < line.at.length && (line.at[line.next] as number) <= now) {
      line.next += 1;
      this.running -= 1;
    }
    // What has ended goes now and then: taking it from the front each time would move all that is behind it.
    if (line.next < 10_000) return;
    line.at.splice(0, line.next);
    line.next = 0;
  }
}
