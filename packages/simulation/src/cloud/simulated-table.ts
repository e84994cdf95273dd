import type {
  Item,
  ItemKey,
  ItemPage,
  ListQuery,
  PartitionQuery,
  ReleaseTable,
  TableExpectation,
} from '@granary/release';
import { WriteRefusedError } from '@granary/release';
import { SimulationError } from '../simulation-error';

/** Of an item in DynamoDB, in bytes. */
const MOST_BYTES = 400 * 1024;

/** The release engine's table in memory, with DynamoDB's bound on an item. */
export class SimulatedTable implements ReleaseTable {
  private readonly partitions = new Map<string, Map<string, Item>>();
  private readonly lists = new Map<string, Map<string, Item>>();
  /** Size of the largest item that was stored, in bytes. */
  largest = 0;

  /** @param onPut told of each item that takes its place */
  constructor(private readonly onPut: (item: Item) => void = () => undefined) {}

  async get(key: ItemKey): Promise<Item | undefined> {
    return this.peek(key);
  }

  peek({ pk, sk }: ItemKey): Item | undefined {
    return this.partitions.get(pk)?.get(sk);
  }

  async query({ pk, prefix = '', descending = false, after, limit }: PartitionQuery): Promise<ItemPage> {
    const items = [...(this.partitions.get(pk)?.values() ?? [])]
      .filter(({ sk }) => sk.startsWith(prefix))
      .sort((one, other) => (one.sk < other.sk ? -1 : 1));
    return pageOf(items, descending, limit, ({ sk }) => after !== undefined && beyond(after, sk, descending));
  }

  async list({ list, descending = false, after, limit }: ListQuery): Promise<ItemPage> {
    const items = [...(this.lists.get(list)?.values() ?? [])].sort((one, other) =>
      placeOf(one) < placeOf(other) ? -1 : 1,
    );
    return pageOf(
      items,
      descending,
      limit,
      (item) => after !== undefined && beyond(placeOf(after), placeOf(item), descending),
    );
  }

  async put(item: Item, expect: TableExpectation): Promise<void> {
    const partition = this.partitions.get(item.pk) ?? new Map<string, Item>();
    const found = partition.get(item.sk);
    const holds =
      expect === 'any' ||
      (expect === 'absent' ? !found : found !== undefined && found.revision === expect.revision);
    if (!holds) throw new WriteRefusedError(item);
    this.measure(item);
    this.partitions.set(item.pk, partition.set(item.sk, item));
    this.onPut(item);
    if (typeof item.listPk !== 'string') return;
    const list = this.lists.get(item.listPk) ?? new Map<string, Item>();
    this.lists.set(item.listPk, list.set(`${item.pk}\n${item.sk}`, item));
  }

  private measure(item: Item): void {
    // Only records of waves and runs grow with the fleet; a version is measured by its neighbours.
    if (!item.pk.startsWith('RUN#')) return;
    const bytes = Buffer.byteLength(JSON.stringify(item));
    this.largest = Math.max(this.largest, bytes);
    if (bytes > MOST_BYTES)
      throw new SimulationError(
        `item ${item.pk} ${item.sk} has ${bytes} bytes; DynamoDB takes ${MOST_BYTES}`,
      );
  }
}

function placeOf({ listSk }: Item): string {
  return String(listSk);
}

function beyond(after: string, place: string, descending: boolean): boolean {
  return descending ? place >= after : place <= after;
}

function pageOf(
  items: readonly Item[],
  descending: boolean,
  limit: number,
  passed: (item: Item) => boolean,
): ItemPage {
  const walked = (descending ? [...items].reverse() : items).filter((item) => !passed(item));
  return { items: walked.slice(0, limit), more: walked.length > limit };
}
