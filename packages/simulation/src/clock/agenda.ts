import { Heap } from 'heap-js';

interface Entry {
  readonly at: number;
  /** Entries of the same moment happen in the order in which they were made. */
  readonly order: number;
  readonly action: () => void | Promise<void>;
}

/** Virtual time: what happens, happens in order, and nothing waits. Times are seconds since the start. */
export class Agenda {
  /** What is still to happen in the second that runs. */
  private readonly entries = new Heap<Entry>((one, other) => one.at - other.at || one.order - other.order);
  /** Of the seconds to come, in no order: a large fleet's entries are sorted a second at a time. */
  private readonly later = new Map<number, Entry[]>();
  private readonly seconds = new Heap<number>();
  private second = 0;
  private made = 0;
  private time = 0;

  get now(): number {
    return this.time;
  }

  /** @param delay in seconds, from now */
  after(delay: number, action: Entry['action']): void {
    const entry = { at: this.time + Math.max(0, delay), order: this.made, action };
    this.made += 1;
    const second = Math.floor(entry.at);
    if (second <= this.second) {
      this.entries.push(entry);
      return;
    }
    const known = this.later.get(second);
    if (known) {
      known.push(entry);
      return;
    }
    this.later.set(second, [entry]);
    this.seconds.push(second);
  }

  /** Resolves when nothing is left to happen. */
  async run(): Promise<void> {
    for (;;) {
      const next = this.entries.pop() ?? this.firstOfNextSecond();
      if (!next) return;
      this.time = next.at;
      const doing = next.action();
      if (doing) await doing;
    }
  }

  private firstOfNextSecond(): Entry | undefined {
    const second = this.seconds.pop();
    if (second === undefined) return undefined;
    this.second = second;
    this.entries.init(this.later.get(second));
    this.later.delete(second);
    return this.entries.pop();
  }
}
