import type { Position } from './page-token';

export interface ShardWalkOptions<E> {
  readonly shards: number;
  /** Items of a page; at least 1. */
  readonly limit: number;
  /** Where the last page ended. @default the start of the first shard */
  readonly after?: Position | undefined;
  readonly idOf: (entity: E) => string;
  /** The first `count` entities of a shard after `afterId`, by id; fewer only when the shard ends. */
  readonly read: (shard: number, afterId: string | undefined, count: number) => Promise<readonly E[]>;
}

/** Entities of a page. Without `next` it is the last one. */
export interface Walked<E> {
  readonly items: E[];
  readonly next?: Position;
}

/**
 * The next page of a list that lies on several shards: one shard after the other. It looks for one entity more
 * than the page holds, so that a full page knows whether it is the last.
 */
export async function walkShards<E>({
  shards,
  limit,
  after,
  idOf,
  read,
}: ShardWalkOptions<E>): Promise<Walked<E>> {
  const found: { readonly shard: number; readonly entity: E }[] = [];
  for (let shard = after?.shard ?? 0; shard < shards && found.length <= limit; shard += 1) {
    const afterId = shard === after?.shard ? after.entityId : undefined;
    const entities = await read(shard, afterId, limit + 1 - found.length);
    found.push(...entities.map((entity) => ({ shard, entity })));
  }
  const page = found.slice(0, limit);
  const items = page.map(({ entity }) => entity);
  const last = page.at(-1);
  return last === undefined || found.length <= limit
    ? { items }
    : { items, next: { shard: last.shard, entityId: idOf(last.entity) } };
}
