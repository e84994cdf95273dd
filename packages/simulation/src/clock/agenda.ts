import { Heap } from 'heap-js';

interface Entry {
  readonly at: number;
  /** Entries of the same moment happen in the order in which they were made. */
  readonly order: number;
  readonly action: () => void | Promise<void>;
}

/** Virtual time: what happens, happens in order, and nothing waits. Times are seconds since the start. */
export class Agenda {
  private readonly entries = new Heap<Entry>((one, other) => one.at - other.at || one.order - other.order);
  private made = 0;
  private time = 0;

  get now(): number {
    return this.time;
  }

  /** Entries that were carried out. */
  get done(): number {
    return this.made - this.entries.size();
  }

  /** @param delay in seconds, from now */
  after(delay: number, action: Entry['action']): void {
    this.entries.push({ at: this.time + Math.max(0, delay), order: this.made, action });
    this.made += 1;
  }

  /** Resolves when nothing is left to happen, or the time is up. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      const next = this.entries.peek();
      if (!next || next.at > until) return;
      this.entries.pop();
      this.time = next.at;
      const doing = next.action();
      if (doing) await doing;
    }
  }
}
