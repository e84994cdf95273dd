import {
  type ControlTable,
  type Expectation,
  type Item,
  type ItemKey,
  type ListPage,
  type ListQuery,
  type PartitionQuery,
  type Write,
  WriteRefusedError,
} from '../control-table/control-table';

/** The table in memory, for tests: the same conditions, all or nothing. */
export class MemoryControlTable implements ControlTable {
  private readonly items = new Map<string, Item>();

  async get(key: ItemKey): Promise<Item | undefined> {
    return this.find(key);
  }

  async list({ list, prefix, after, descending, limit }: ListQuery): Promise<ListPage> {
    const sign = descending ? -1 : 1;
    const order = (one: Item, other: Item) =>
      place(one) === place(other) ? 0 : place(one) < place(other) ? -sign : sign;
    const behind = this.all()
      .filter((item) => item.listPk === list && place(item).startsWith(prefix ?? ''))
      .sort(order)
      .filter((item) => after === undefined || order(item, after) > 0);
    return { items: behind.slice(0, limit), more: behind.length > limit };
  }

  async query({ pk, prefix, from, to, after, descending, limit }: PartitionQuery): Promise<ListPage> {
    const wanted = this.all()
      .filter((item) => item.pk === pk && item.sk.startsWith(prefix ?? ''))
      .filter(({ sk }) => (from === undefined || sk >= from) && (to === undefined || sk <= to))
      .sort((one, other) => (one.sk < other.sk ? -1 : 1));
    const walked = descending ? wanted.reverse() : wanted;
    const start =
      after === undefined ? 0 : walked.findIndex(({ sk }) => (descending ? sk < after : sk > after));
    const behind = start === -1 ? [] : walked.slice(start);
    return { items: behind.slice(0, limit), more: behind.length > limit };
  }

  async write(writes: readonly Write[]): Promise<void> {
    const refused = writes.flatMap((write, index) =>
      holds(write.expect, this.find(keyOf(write))) ? [] : [index],
    );
    if (refused.length > 0) throw new WriteRefusedError(refused);
    for (const write of writes) this.apply(write);
  }

  /** Everything stored, by key. */
  all(): readonly Item[] {
    return [...this.items.keys()].sort().map((name) => structuredClone(this.items.get(name) as Item));
  }

  private find({ pk, sk }: ItemKey): Item | undefined {
    return structuredClone(this.items.get(`${pk}\n${sk}`));
  }

  private apply(write: Write): void {
    if (write.type === 'check') return;
    const key = keyOf(write);
    if (write.type === 'delete') {
      this.items.delete(`${key.pk}\n${key.sk}`);
      return;
    }
    const found = this.find(key) ?? key;
    const next: Item =
      write.type === 'put'
        ? write.item
        : {
            ...found,
            ...write.set,
            ...Object.fromEntries(
              Object.entries(write.add ?? {}).map(([name, by]) => [
                name,
                (((found as Item)[name] as number | undefined) ?? 0) + by,
              ]),
            ),
            ...key,
          };
    // As the document client does, undefined is not stored.
    const stored = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
    this.items.set(`${key.pk}\n${key.sk}`, structuredClone(stored) as Item);
  }
}

function keyOf(write: Write): ItemKey {
  const { pk, sk } = write.type === 'put' ? write.item : write.key;
  return { pk, sk };
}

function holds(expect: Expectation, item: Item | undefined): boolean {
  switch (expect.kind) {
    case 'any':
      return true;
    case 'absent':
      return item === undefined;
    case 'present':
      return item !== undefined;
    case 'equal':
      return item?.[expect.attribute] === expect.value;
  }
}

function place(item: Item): string {
  return String(item.listSk);
}
