import {
  type Expectation,
  type Item,
  type ItemKey,
  type ItemPage,
  type ListQuery,
  type PartitionQuery,
  type ReleaseTable,
  WriteRefusedError,
} from '../release-table/release-table';

/** The release table in memory, with the same conditions. */
export class MemoryReleaseTable implements ReleaseTable {
  private readonly items = new Map<string, Item>();

  async get(key: ItemKey): Promise<Item | undefined> {
    return structuredClone(this.items.get(nameOf(key)));
  }

  async query({ pk, prefix = '', descending = false, after, limit }: PartitionQuery): Promise<ItemPage> {
    const found = [...this.items.values()]
      .filter((item) => item.pk === pk && item.sk.startsWith(prefix))
      .sort((one, other) => (one.sk < other.sk ? -1 : 1));
    return pageOf(descending ? found.reverse() : found, (item) => item.sk === after, limit);
  }

  async list({ list, descending = false, after, limit }: ListQuery): Promise<ItemPage> {
    const found = [...this.items.values()]
      .filter(({ listPk }) => listPk === list)
      .sort((one, other) => (String(one.listSk) < String(other.listSk) ? -1 : 1));
    return pageOf(
      descending ? found.reverse() : found,
      (item) => after !== undefined && nameOf(item) === nameOf(after),
      limit,
    );
  }

  async put(item: Item, expect: Expectation): Promise<void> {
    const before = this.items.get(nameOf(item));
    const holds =
      expect === 'any' || (expect === 'absent' ? before === undefined : before?.revision === expect.revision);
    if (!holds) throw new WriteRefusedError(item);
    this.items.set(nameOf(item), structuredClone(item));
  }
}

function nameOf({ pk, sk }: ItemKey): string {
  return JSON.stringify([pk, sk]);
}

function pageOf(found: readonly Item[], isAfter: (item: Item) => boolean, limit: number): ItemPage {
  const start = found.findIndex(isAfter) + 1;
  const items = structuredClone(found.slice(start, start + limit));
  return { items, more: start + limit < found.length };
}
