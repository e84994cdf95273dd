/** Batches that are on their way at the same time. */
const PARALLEL = 8;
/** What DynamoDB takes in one batch. */
const BATCH = 25;

/**
 * Sends items in full batches, several at a time; whoever adds waits while all are busy. A batch that failed
 * makes every later call throw.
 */
export class WriteBatches<T> {
  private batch: T[] = [];
  private readonly sending = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly send: (items: readonly T[]) => Promise<void>) {}

  async add(item: T): Promise<void> {
    this.batch.push(item);
    if (this.batch.length >= BATCH) await this.dispatch();
  }

  /** Everything that was added is written when it returns. */
  async flush(): Promise<void> {
    if (this.batch.length > 0) await this.dispatch();
    await Promise.all(this.sending);
    this.rethrow();
  }

  private async dispatch(): Promise<void> {
    this.rethrow();
    const items = this.batch;
    this.batch = [];
    while (this.sending.size >= PARALLEL) await Promise.race(this.sending);
    this.rethrow();
    const sent: Promise<void> = this.send(items)
      .catch((error) => {
        this.failure ??= { error };
      })
      .finally(() => this.sending.delete(sent));
    this.sending.add(sent);
  }

  private rethrow(): void {
    if (this.failure) throw this.failure.error;
  }
}
