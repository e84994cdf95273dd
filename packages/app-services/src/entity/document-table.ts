import { setTimeout as pause } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Page } from '@granary/api';
import { shardHomes, shardOf, tenantPartitionKey } from '@granary/auth';
import { batchRead, type Row, type RowKey } from './batch-read';
import { type Entity, type EntityKind, sortKey } from './entity-kind';
import {
  type Change,
  EntityExistsError,
  type EntityTable,
  type ListOptions,
  type Missing,
  type Removal,
  type Stale,
} from './entity-table';
import { formatPageToken, parsePageToken } from './page-token';
import { walkShards } from './shard-walk';

export interface DocumentTableOptions<E extends Entity> {
  readonly kind: EntityKind<E>;
  /** A client that reaches this tenant's rows only. */
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly tenantId: string;
  /** Shards of the tenant's tier; never fewer than its rows were written under. */
  readonly shards: number;
  /** Waits so many milliseconds between attempts. @default a timer */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** A tenant's entities of one kind in DynamoDB. Made for each request: it holds the tenant's client. */
export function documentTable<E extends Entity>(options: DocumentTableOptions<E>): EntityTable<E> {
  const { kind, documents, tableName: TableName, tenantId, shards } = options;
  const keyOn = (shard: number, id: string): RowKey => ({
    pk: tenantPartitionKey(tenantId, shard),
    sk: sortKey(kind, id),
  });
  const entityOf = (row: Row): E => kind.schema.parse(row);

  /** Tries the shards that may hold an entity, the likeliest first, until one does. */
  async function onItsShard<Outcome extends { readonly kind: string }>(
    id: string,
    attempt: (key: RowKey) => Promise<Outcome | Missing>,
  ): Promise<Outcome | Missing> {
    for (const shard of shardHomes(id, shards)) {
      const outcome = await attempt(keyOn(shard, id));
      if (outcome.kind !== 'missing') return outcome as Outcome;
    }
    return { kind: 'missing' };
  }

  return {
    async create(entity) {
      const id = kind.idOf(entity);
      const key = keyOn(shardOf(id, shards), id);
      try {
        await documents.send(
          new PutCommand({
            TableName,
            Item: { ...entity, ...key },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      } catch (error) {
        throw error instanceof ConditionalCheckFailedException ? new EntityExistsError(key.sk) : error;
      }
    },

    async find(id) {
      for (const shard of shardHomes(id, shards)) {
        const { Item } = await documents.send(
          new GetCommand({ TableName, Key: keyOn(shard, id), ConsistentRead: true }),
        );
        if (Item) return entityOf(Item);
      }
      return undefined;
    },

    async findAll(ids) {
      const found = new Map<string, E>();
      let left = [...new Set(ids)].map((id) => ({ id, homes: shardHomes(id, shards) }));
      for (let attempt = 0; left.length > 0; attempt += 1) {
        const keys = left.map(({ id, homes }) => keyOn(homes[attempt] as number, id));
        const pauses = options.pause ?? pause;
        for (const row of await batchRead({ documents, tableName: TableName, keys, pause: pauses })) {
          const entity = entityOf(row);
          found.set(kind.idOf(entity), entity);
        }
        left = left.filter(({ id, homes }) => !found.has(id) && homes.length > attempt + 1);
      }
      return found;
    },

    async list({ limit, nextToken }: ListOptions): Promise<Page<E>> {
      const after = nextToken === undefined ? undefined : parsePageToken(kind, shards, nextToken);
      const { items, next } = await walkShards({ shards, limit, after, idOf: kind.idOf, read: readShard });
      return next ? { items, nextToken: formatPageToken(kind, next) } : { items };
    },

    change: (id, version, fields): Promise<Change<E>> =>
      onItsShard(id, (Key) =>
        ifVersion(async () => {
          const names = Object.keys(fields);
          const { Attributes } = await documents.send(
            new UpdateCommand({
              TableName,
              Key,
              ConditionExpression: '#version = :version',
              UpdateExpression: `SET ${['#version = :next', ...names.map((_, at) => `#${at} = :${at}`)].join(', ')}`,
              ExpressionAttributeNames: {
                '#version': 'version',
                ...Object.fromEntries(names.map((name, at) => [`#${at}`, name])),
              },
              ExpressionAttributeValues: {
                ':version': version,
                ':next': version + 1,
                ...Object.fromEntries(Object.values(fields).map((value, at) => [`:${at}`, value])),
              },
              ReturnValues: 'ALL_NEW',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          );
          return { kind: 'changed', entity: entityOf(Attributes ?? {}) } as const;
        }),
      ),

    remove: (id, version): Promise<Removal> =>
      onItsShard(id, (Key) =>
        ifVersion(async () => {
          await documents.send(
            new DeleteCommand({
              TableName,
              Key,
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': version },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          );
          return { kind: 'removed' } as const;
        }),
      ),
  };

  async function readShard(shard: number, afterId: string | undefined, count: number): Promise<readonly E[]> {
    const entities: E[] = [];
    let start = afterId === undefined ? undefined : keyOn(shard, afterId);
    // A page of DynamoDB's ends at 1 MB, whatever the limit.
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: {
            ':pk': tenantPartitionKey(tenantId, shard),
            ':prefix': sortKey(kind, ''),
          },
          Limit: count - entities.length,
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      );
      entities.push(...Items.map(entityOf));
      start = LastEvaluatedKey as RowKey | undefined;
    } while (start && entities.length < count);
    return entities;
  }
}

/** What a conditional write came to: the refused condition tells by the row that it met. */
async function ifVersion<Outcome>(write: () => Promise<Outcome>): Promise<Outcome | Stale | Missing> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item ? { kind: 'stale', version: Number(error.Item.version?.N) } : { kind: 'missing' };
  }
}
