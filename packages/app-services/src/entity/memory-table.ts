import { shardHomes, shardOf, tenantPartitionKey } from '@granary/auth';
import { type Entity, type EntityKind, sortKey } from './entity-kind';
import { EntityExistsError, type EntityTable, type Missing, type Stale } from './entity-table';
import { formatPageToken, parsePageToken } from './page-token';
import { walkShards } from './shard-walk';

/** Rows of many tenants, by partition key and sort key. */
export type MemoryRows = Map<string, Map<string, unknown>>;

export interface MemoryTableOptions<E extends Entity> {
  readonly kind: EntityKind<E>;
  readonly rows: MemoryRows;
  readonly tenantId: string;
  readonly shards: number;
}

/** A tenant's entities of one kind in memory, for tests of services: it keeps the contract of the real table. */
export function memoryTable<E extends Entity>({
  kind,
  rows,
  tenantId,
  shards,
}: MemoryTableOptions<E>): EntityTable<E> {
  const partition = (shard: number): Map<string, E> => {
    const key = tenantPartitionKey(tenantId, shard);
    const known = rows.get(key) ?? new Map<string, unknown>();
    rows.set(key, known);
    return known as Map<string, E>;
  };
  const holding = (id: string): Map<string, E> | undefined =>
    shardHomes(id, shards)
      .map(partition)
      .find((entities) => entities.has(sortKey(kind, id)));
  const find = async (id: string): Promise<E | undefined> => holding(id)?.get(sortKey(kind, id));

  function write<Outcome>(
    id: string,
    version: number,
    apply: (at: Map<string, E>, old: E) => Outcome,
  ): Outcome | Stale | Missing {
    const at = holding(id);
    const old = at?.get(sortKey(kind, id));
    if (!at || !old) return { kind: 'missing' };
    return old.version === version ? apply(at, old) : { kind: 'stale', version: old.version };
  }

  return {
    find,

    async create(entity) {
      const id = kind.idOf(entity);
      const at = partition(shardOf(id, shards));
      if (at.has(sortKey(kind, id))) throw new EntityExistsError(sortKey(kind, id));
      at.set(sortKey(kind, id), { ...entity });
    },

    async findAll(ids) {
      const entries = await Promise.all(ids.map(async (id) => [id, await find(id)] as const));
      return new Map(entries.filter((entry): entry is readonly [string, E] => entry[1] !== undefined));
    },

    async list({ limit, nextToken }) {
      const { items, next } = await walkShards({
        shards,
        limit,
        after: nextToken === undefined ? undefined : parsePageToken(kind, shards, nextToken),
        idOf: kind.idOf,
        read: async (shard, afterId, count) =>
          [...partition(shard).entries()]
            .filter(([sk]) => sk.startsWith(sortKey(kind, '')))
            .filter(([sk]) => afterId === undefined || sk > sortKey(kind, afterId))
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .slice(0, count)
            .map(([, entity]) => entity),
      });
      return next ? { items, nextToken: formatPageToken(kind, next) } : { items };
    },

    change: async (id, version, fields) =>
      write(id, version, (at, old) => {
        const entity: E = { ...old, ...fields, version: version + 1 };
        at.set(sortKey(kind, id), entity);
        return { kind: 'changed', entity } as const;
      }),

    remove: async (id, version) =>
      write(id, version, (at) => {
        at.delete(sortKey(kind, id));
        return { kind: 'removed' } as const;
      }),
  };
}
