import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Expectation,
  type Item,
  type ItemKey,
  type ItemPage,
  type ListQuery,
  type PartitionQuery,
  type ReleaseTable,
  WriteRefusedError,
} from './release-table';

/** Index that lists are read from. */
export const LIST_INDEX = 'list';

/** The release table, by the function's own credentials and region. */
export function openReleaseTable(tableName: string): ReleaseTable {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return new DynamoReleaseTable(client, tableName);
}

export class DynamoReleaseTable implements ReleaseTable {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async get({ pk, sk }: ItemKey): Promise<Item | undefined> {
    const { Item: item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: { pk, sk }, ConsistentRead: true }),
    );
    return item as Item | undefined;
  }

  async query({ pk, prefix, descending = false, after, limit }: PartitionQuery): Promise<ItemPage> {
    const answer = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ...(prefix === undefined ? {} : { ':prefix': prefix }) },
        ConsistentRead: true,
        ScanIndexForward: !descending,
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
      }),
    );
    return { items: (answer.Items ?? []) as Item[], more: answer.LastEvaluatedKey !== undefined };
  }

  async list({ list, descending = false, after, limit }: ListQuery): Promise<ItemPage> {
    const answer = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        IndexName: LIST_INDEX,
        KeyConditionExpression: 'listPk = :list',
        ExpressionAttributeValues: { ':list': list },
        ScanIndexForward: !descending,
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: placeOf(after) }),
      }),
    );
    return { items: (answer.Items ?? []) as Item[], more: answer.LastEvaluatedKey !== undefined };
  }

  async put(item: Item, expect: Expectation): Promise<void> {
    try {
      await this.client.send(
        new PutCommand({ TableName: this.tableName, Item: item, ...conditionOf(expect) }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) throw new WriteRefusedError(item);
      throw error;
    }
  }
}

function conditionOf(expect: Expectation) {
  if (expect === 'any') return {};
  if (expect === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#revision = :revision',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':revision': expect.revision },
  };
}

function placeOf({ pk, sk, listPk, listSk }: Item): Record<string, unknown> {
  return { pk, sk, listPk, listSk };
}
