/** A map that holds at most `capacity` entries and forgets the one that was used longest ago. */
export class LruMap<Key, Value> {
  // A Map keeps insertion order: an entry is moved to the end whenever it is used.
  readonly #entries = new Map<Key, Value>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** Stores an entry and gives the one that had to go, if any. */
  set(key: Key, value: Value): Value | undefined {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return undefined;
    const [oldest, evicted] = this.#entries.entries().next().value as [Key, Value];
    this.#entries.delete(oldest);
    return evicted;
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
