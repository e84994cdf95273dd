import { type Row, sortKeyOf } from './row';
import { MOST_SHARDS, type PlacedRow, type RowsPage, type TenantRows } from './tenant-rows';

/** One shard, read ahead by a page. */
class ShardReader {
  private rows: readonly Row[] = [];
  private at = 0;
  private next: Promise<RowsPage> | undefined;

  constructor(
    private readonly table: TenantRows,
    private readonly shard: number,
    after: string | undefined,
  ) {
    this.next = this.read(after);
  }

  /** The row that is next on this shard; undefined at its end. */
  async peek(): Promise<PlacedRow | undefined> {
    while (this.at >= this.rows.length && this.next) {
      const { rows, more } = await this.next;
      const last = rows.at(-1);
      this.next = more && last ? this.read(sortKeyOf(last)) : undefined;
      [this.rows, this.at] = [rows, 0];
    }
    const row = this.rows[this.at];
    return row && { row, shard: this.shard, sortKey: sortKeyOf(row) };
  }

  skip(): void {
    this.at += 1;
  }

  private read(after: string | undefined): Promise<RowsPage> {
    const page = this.table.page(this.shard, after);
    // Awaited later, or never when the walk ends early: a failure is met by whoever asks.
    page.catch(() => undefined);
    return page;
  }
}

/**
 * All rows of a tenant's table in the order of their sort keys, whatever the number of shards that they were
 * written under: the shards are merged. So a walk can stop behind any row and go on there, and two tables with
 * different shards can be compared side by side.
 */
export async function* walkRows(
  table: TenantRows,
  after: string | undefined,
  shards = MOST_SHARDS,
): AsyncGenerator<PlacedRow> {
  const readers = Array.from({ length: shards }, (_, shard) => new ShardReader(table, shard, after));
  let open = await heads(readers);
  while (open.length > 0) {
    let first = open[0] as (typeof open)[number];
    for (const each of open) if (before(each.head, first.head)) first = each;
    yield first.head;
    first.reader.skip();
    const head = await first.reader.peek();
    if (head) first.head = head;
    else open = open.filter((each) => each !== first);
  }
}

async function heads(readers: readonly ShardReader[]) {
  const found = await Promise.all(readers.map(async (reader) => ({ reader, head: await reader.peek() })));
  return found.flatMap(({ reader, head }) => (head ? [{ reader, head }] : []));
}

/** By sort key; of one key on two shards, first the later shard: it is where the service looks first. */
function before(one: PlacedRow, other: PlacedRow): boolean {
  if (one.sortKey === other.sortKey) return one.shard > other.shard;
  return isBefore(one.sortKey, other.sortKey);
}

/** DynamoDB orders sort keys by their bytes in UTF-8, JavaScript by UTF-16: they differ beyond the first plane. */
export function isBefore(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (left !== right) return rank(left) < rank(right);
  }
  return one.length < other.length;
}

/** Surrogates, which stand for what lies beyond the first plane, come behind all else. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
