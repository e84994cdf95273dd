import { ReleaseEngineError } from '../release-error';

/** Where an item lives. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** A record's attributes, its key and, when it is listed, its place in the index `list` (`listPk`, `listSk`). */
export interface Item extends ItemKey {
  readonly [attribute: string]: unknown;
}

/** What must hold for a write: nothing there yet, whatever there, or still the revision that the writer read. */
export type Expectation = 'absent' | 'any' | { readonly revision: number };

/** A walk over one partition, by sort key. */
export interface PartitionQuery {
  readonly pk: string;
  /** Only sort keys that begin with it. @default all */
  readonly prefix?: string;
  /** @default false */
  readonly descending?: boolean;
  /** The sort key that the page follows. @default the start */
  readonly after?: string;
  readonly limit: number;
}

/** A walk over one list of the index. */
export interface ListQuery {
  readonly list: string;
  /** @default false */
  readonly descending?: boolean;
  /** The item that the page follows. @default the start */
  readonly after?: Item;
  readonly limit: number;
}

export interface ItemPage {
  readonly items: readonly Item[];
  /** Whether there is more behind the last item. */
  readonly more: boolean;
}

/** The release engine's one table: consistent reads by key and partition, a listing index, conditional writes. */
export interface ReleaseTable {
  get(key: ItemKey): Promise<Item | undefined>;
  query(query: PartitionQuery): Promise<ItemPage>;
  /** May lag behind writes. */
  list(query: ListQuery): Promise<ItemPage>;
  /** @throws WriteRefusedError when the expectation does not hold */
  put(item: Item, expect: Expectation): Promise<void>;
}

/** Somebody wrote in between: nothing was written. */
export class WriteRefusedError extends ReleaseEngineError {
  readonly name = 'WriteRefusedError';

  constructor({ pk, sk }: ItemKey) {
    super(`item "${pk}" "${sk}" is not what the writer read; read it again`);
  }
}

/** All pages of a partition, one after the other. */
export async function wholePartition(
  table: Pick<ReleaseTable, 'query'>,
  query: Omit<PartitionQuery, 'after' | 'limit'>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (;;) {
    const after = items.at(-1)?.sk;
    const page = await table.query({ ...query, limit: 500, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    if (!page.more || page.items.length === 0) return items;
  }
}
