import type { Row } from './row';

/** Where one row lies. */
export interface RowPlace {
  readonly shard: number;
  readonly sortKey: string;
}

/** A row with the shard that it lies on. */
export interface PlacedRow extends RowPlace {
  readonly row: Row;
}

/** Rows of one tenant in one table of one deployment; nothing else can be reached through it. */
export interface TenantRows {
  /** Rows of one shard behind a sort key, in the order of their sort keys, as many as one answer holds. */
  page(shard: number, after: string | undefined): Promise<RowsPage>;
  /** Writes rows, each to its shard, over whatever is there. */
  put(rows: readonly PlacedRow[]): Promise<void>;
  /** Removes rows; fine when they are gone. */
  remove(places: readonly RowPlace[]): Promise<void>;
}

export interface RowsPage {
  readonly rows: readonly Row[];
  /** Whether the shard may hold more behind the last row. */
  readonly more: boolean;
}

/** A tenant's tables in one deployment, by what they hold: `products`, `orders`. */
export type TenantTables = ReadonlyMap<string, TenantRows>;

/** No tier has more shards: every row of a tenant lies on one of these, whatever its tier was. */
export const MOST_SHARDS = 64;
