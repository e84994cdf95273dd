import { ConflictProblem } from '@granary/api';

/** Where an item lives. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What the table stores: a record's attributes, its key and, when it is listed, its place in the index. */
export interface Item extends ItemKey {
  readonly [attribute: string]: unknown;
}

/** What must hold for a write to happen. */
export type Expectation =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present' }
  /** Whatever is there. */
  | { readonly kind: 'any' }
  | { readonly kind: 'equal'; readonly attribute: string; readonly value: string | number };

/** One part of a transaction. */
export type Write =
  | { readonly type: 'put'; readonly item: Item; readonly expect: Expectation }
  | {
      readonly type: 'update';
      readonly key: ItemKey;
      /** Attributes to replace. @default none */
      readonly set?: Readonly<Record<string, unknown>>;
      /** Numbers to add to, atomically; a missing one counts as 0. @default none */
      readonly add?: Readonly<Record<string, number>>;
      readonly expect: Expectation;
    }
  | { readonly type: 'check'; readonly key: ItemKey; readonly expect: Exclude<Expectation, { kind: 'any' }> }
  | { readonly type: 'delete'; readonly key: ItemKey; readonly expect: Expectation };

export interface ListQuery {
  /** Partition of the index `list`. */
  readonly list: string;
  /** Only places that begin with it. @default all */
  readonly prefix?: string;
  /** The item that the page follows. @default the start */
  readonly after?: Item;
  /** @default false */
  readonly descending?: boolean;
  readonly limit: number;
}

/** A walk over one partition, by sort key. */
export interface PartitionQuery {
  readonly pk: string;
  /** Only sort keys that begin with it. @default all */
  readonly prefix?: string;
  /** Only sort keys from this one on, inclusive; not together with `prefix`. @default the first */
  readonly from?: string;
  /** Only sort keys up to this one, inclusive; with `from` only. @default the last */
  readonly to?: string;
  /** The sort key that the page follows. @default the start */
  readonly after?: string;
  /** @default false */
  readonly descending?: boolean;
  readonly limit: number;
}

export interface ListPage {
  readonly items: readonly Item[];
  /** Whether there is more behind the last item. */
  readonly more: boolean;
}

/** The control plane's one table: consistent reads by key, a listing index, conditional transactions. */
export interface ControlTable {
  get(key: ItemKey): Promise<Item | undefined>;
  /** By place; may lag behind writes. */
  list(query: ListQuery): Promise<ListPage>;
  /** Items of one partition, consistently. */
  query(query: PartitionQuery): Promise<ListPage>;
  /**
   * All of the writes or none.
   * @throws WriteRefusedError when an expectation does not hold, ContentionProblem when too many others write the same
   */
  write(writes: readonly Write[]): Promise<void>;
}

/** Somebody wrote in between: nothing was written. */
export class WriteRefusedError extends ConflictProblem {
  constructor(
    /** Places in the transaction whose expectation does not hold. */
    readonly refused: readonly number[],
  ) {
    super('somebody else changed it meanwhile; read it again, then send the request again');
  }
}
