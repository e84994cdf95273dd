import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { tenantPartitionKey } from '@granary/auth';
import { TransientTenantDataError } from './tenant-data-error';
import type { PlacedRow, RowPlace, RowsPage, TenantRows } from './tenant-rows';

/** Tries of what a batch left over, and the longest first pause in milliseconds; doubled each time. */
const TRIES = 10;
const PAUSE = 50;
const LONGEST = 5_000;

export interface DynamoRowsOptions {
  /** Its session reaches the rows of this one tenant. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly tenantId: string;
  /** Waits so many milliseconds. @default a timer */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** A tenant's rows of one DynamoDB table with keys `pk` (`TENANT#<id>#<shard>`) and `sk`. */
export class DynamoRows implements TenantRows {
  constructor(private readonly options: DynamoRowsOptions) {}

  async page(shard: number, after: string | undefined): Promise<RowsPage> {
    const { client, tableName } = this.options;
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        // What a page of a walk misses would be missing in the copy.
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: this.partition(shard) } },
        ...(after === undefined ? {} : { ExclusiveStartKey: this.key({ shard, sortKey: after }) }),
      }),
    );
    return { rows: Items, more: LastEvaluatedKey !== undefined };
  }

  put(rows: readonly PlacedRow[]): Promise<void> {
    return this.write(
      rows.map(({ row, shard }) => ({ PutRequest: { Item: { ...row, pk: { S: this.partition(shard) } } } })),
    );
  }

  remove(places: readonly RowPlace[]): Promise<void> {
    return this.write(places.map((place) => ({ DeleteRequest: { Key: this.key(place) } })));
  }

  private async write(requests: readonly WriteRequest[]): Promise<void> {
    const { client, tableName } = this.options;
    let left = [...requests];
    for (let tried = 0; left.length > 0; tried += 1) {
      if (tried >= TRIES)
        throw new TransientTenantDataError(`table "${tableName}" leaves writes over; try again later`);
      if (tried > 0)
        await (this.options.pause ?? pause)(Math.random() * Math.min(LONGEST, PAUSE * 2 ** tried));
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: left } }),
      );
      left = UnprocessedItems?.[tableName] ?? [];
    }
  }

  private partition(shard: number): string {
    return tenantPartitionKey(this.options.tenantId, shard);
  }

  private key({ shard, sortKey }: RowPlace) {
    return { pk: { S: this.partition(shard) }, sk: { S: sortKey } };
  }
}
