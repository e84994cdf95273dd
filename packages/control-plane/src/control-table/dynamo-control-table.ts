import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  ContentionError,
  type ControlTable,
  type Item,
  type ItemKey,
  type ListPage,
  type ListQuery,
  type PartitionQuery,
  type Write,
  WriteRefusedError,
} from './control-table';
import { partitionCondition } from './partition-condition';
import { transactItem } from './transact-item';

/** Codes of a cancelled transaction that another try may cure. */
const TRANSIENT = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

export interface DynamoControlTableOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Tries of a transaction that meets another one. @default 6 */
  readonly tries?: number;
  /** Waits between tries, in milliseconds. @default a timer */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export class DynamoControlTable implements ControlTable {
  private readonly tries: number;
  private readonly wait: (milliseconds: number) => Promise<unknown>;

  constructor(private readonly options: DynamoControlTableOptions) {
    this.tries = options.tries ?? 6;
    this.wait = options.wait ?? sleep;
  }

  async get({ pk, sk }: ItemKey): Promise<Item | undefined> {
    const { client, tableName } = this.options;
    const answer = await client.send(
      new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: true }),
    );
    return answer.Item as Item | undefined;
  }

  async list({ list, prefix, after, descending = false, limit }: ListQuery): Promise<ListPage> {
    const { client, tableName } = this.options;
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'list',
        KeyConditionExpression: prefix ? 'listPk = :list AND begins_with(listSk, :prefix)' : 'listPk = :list',
        ExpressionAttributeValues: { ':list': list, ...(prefix ? { ':prefix': prefix } : {}) },
        ScanIndexForward: !descending,
        Limit: limit,
        ...(after ? { ExclusiveStartKey: indexKey(after) } : {}),
      }),
    );
    return { items: (answer.Items ?? []) as Item[], more: answer.LastEvaluatedKey !== undefined };
  }

  async query(query: PartitionQuery): Promise<ListPage> {
    const { client, tableName } = this.options;
    const { pk, after, descending = false, limit } = query;
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        ...partitionCondition(query),
        ConsistentRead: true,
        ScanIndexForward: !descending,
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
      }),
    );
    return { items: (answer.Items ?? []) as Item[], more: answer.LastEvaluatedKey !== undefined };
  }

  async write(writes: readonly Write[]): Promise<void> {
    const { client, tableName } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.send(
          new TransactWriteCommand({ TransactItems: writes.map((write) => transactItem(write, tableName)) }),
        );
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
        const refused = codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
        if (refused.length > 0) throw new WriteRefusedError(refused);
        // The SDK does not retry a cancelled transaction, whatever cancelled it.
        if (!codes.some((code) => TRANSIENT.has(code))) throw error;
        if (attempt >= this.tries) throw new ContentionError(attempt, { cause: error });
        await this.wait(Math.random() * 25 * 2 ** attempt);
      }
    }
  }
}

function indexKey({ pk, sk, listPk, listSk }: Item): Record<string, unknown> {
  return { pk, sk, listPk, listSk };
}
