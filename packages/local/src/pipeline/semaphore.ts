/** Lets a bounded number of tasks run at once; the others wait in order. */
export class Semaphore {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(places: number) {
    this.free = Math.max(1, Math.floor(places));
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      // The place goes from hand to hand, so that nobody slips in between.
      if (next) next();
      else this.free += 1;
    }
  }
}
