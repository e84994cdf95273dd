import { MOST_CHANGES, type RoutingStore, RoutingStoreChangedError } from './routing-store';

/** The store in memory, for tests: the same limits, all or nothing. */
export class MemoryRoutingStore implements RoutingStore {
  readonly entries = new Map<string, string>();
  private changes = 0;
  /** Runs before each change: what somebody else does meanwhile. */
  meanwhile: () => Promise<void> = async () => undefined;

  async version(): Promise<string> {
    return String(this.changes);
  }

  async read(tenantId: string): Promise<string | undefined> {
    return this.entries.get(tenantId);
  }

  async all(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.entries);
  }

  async change(changes: ReadonlyMap<string, string | undefined>, version: string): Promise<void> {
    const meanwhile = this.meanwhile;
    this.meanwhile = async () => undefined;
    await meanwhile();
    if (changes.size > MOST_CHANGES) throw new Error(`${changes.size} changes at once`);
    if (version !== String(this.changes)) throw new RoutingStoreChangedError();
    this.changes += 1;
    for (const [id, text] of changes)
      if (text === undefined) this.entries.delete(id);
      else this.entries.set(id, text);
  }
}
