import type { Clock } from '../registration/patience';

/** A clock that jumps over every wait. Waits of several at once count once: as long as the longest. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];
  private time = 0;
  private waiting: { readonly until: number; readonly resolve: () => void }[] = [];

  now(): number {
    return this.time;
  }

  wait(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    return new Promise((resolve) => {
      this.waiting.push({ until: this.time + milliseconds, resolve });
      // Once all that happens at this time has happened, the time is the next wait's end.
      setImmediate(() => this.advance());
    });
  }

  private advance(): void {
    if (this.waiting.length === 0) return;
    this.time = Math.min(...this.waiting.map(({ until }) => until));
    const due = this.waiting.filter(({ until }) => until <= this.time);
    this.waiting = this.waiting.filter(({ until }) => until > this.time);
    for (const { resolve } of due) resolve();
  }
}
