import { type Row, sortKeyOf } from './row';
import { isBefore } from './row-walk';
import type { PlacedRow, RowPlace, RowsPage, TenantRows } from './tenant-rows';

/** A tenant's rows of one table in memory, for tests: small pages, so that walks turn many. */
export class MemoryRows implements TenantRows {
  private readonly shards = new Map<number, Map<string, Row>>();

  constructor(
    private readonly tenantId: string,
    private readonly pageSize = 3,
  ) {}

  async page(shard: number, after: string | undefined): Promise<RowsPage> {
    const rows = [...(this.shards.get(shard)?.values() ?? [])]
      .filter((row) => after === undefined || isBefore(after, sortKeyOf(row)))
      .sort((one, other) => (isBefore(sortKeyOf(one), sortKeyOf(other)) ? -1 : 1));
    return { rows: rows.slice(0, this.pageSize), more: rows.length > this.pageSize };
  }

  async put(rows: readonly PlacedRow[]): Promise<void> {
    for (const { row, shard, sortKey } of rows) {
      const shelf = this.shards.get(shard) ?? new Map<string, Row>();
      shelf.set(sortKey, { ...row, pk: { S: `TENANT#${this.tenantId}#${shard}` } });
      this.shards.set(shard, shelf);
    }
  }

  async remove(places: readonly RowPlace[]): Promise<void> {
    for (const { shard, sortKey } of places) this.shards.get(shard)?.delete(sortKey);
  }

  /** Everything stored. */
  all(): readonly PlacedRow[] {
    return [...this.shards].flatMap(([shard, shelf]) =>
      [...shelf].map(([sortKey, row]) => ({ shard, sortKey, row })),
    );
  }
}
