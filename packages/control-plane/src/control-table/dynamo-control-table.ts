import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { ContentionProblem } from '@granary/api';
import { retryContended } from '@granary/auth';
import {
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
  constructor(private readonly options: DynamoControlTableOptions) {}

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
    const { client, tableName, tries, wait } = this.options;
    const TransactItems = writes.map((write) => transactItem(write, tableName));
    try {
      // The SDK does not retry a cancelled transaction, whatever cancelled it.
      await retryContended(() => client.send(new TransactWriteCommand({ TransactItems })), {
        met: isTransient,
        tries,
        wait,
      });
    } catch (error) {
      const refused = refusedIn(error);
      if (refused.length > 0) throw new WriteRefusedError(refused);
      throw isTransient(error) ? new ContentionProblem(undefined, { cause: error }) : error;
    }
  }
}

/** Why each part of a transaction was cancelled. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
}

/** Places whose expectation does not hold. */
function refusedIn(error: unknown): readonly number[] {
  return codesOf(error).flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
}

function isTransient(error: unknown): boolean {
  return refusedIn(error).length === 0 && codesOf(error).some((code) => TRANSIENT.has(code));
}

function indexKey({ pk, sk, listPk, listSk }: Item): Record<string, unknown> {
  return { pk, sk, listPk, listSk };
}
