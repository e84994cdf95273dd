import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type { EngineCredentials } from '@granary/local';
import type { OperatorAccess } from './operator-access';

/** The key of one row of a deployment's table. */
export interface RowKey {
  /** `TENANT#<tenant>#<shard>`. */
  readonly pk: string;
  readonly sk: string;
}

/** A deployment's table. */
export interface TablePlace {
  readonly account: string;
  readonly region: string;
  readonly tableName: string;
}

/** What came back from the table: items, or an error's name. */
export type Answer =
  | { readonly type: 'items'; readonly count: number }
  | { readonly type: 'refused'; readonly error: string };

/** One way to reach for rows. */
export type Reach =
  | { readonly action: 'GetItem'; readonly key: RowKey }
  | { readonly action: 'Query'; readonly partition: string }
  | { readonly action: 'Scan' }
  | { readonly action: 'PutItem'; readonly key: RowKey };

/** A deployment's rows, as its account's operator and as a tenant see them. */
export interface Rows {
  /** A tenant's row of an entity, found as root: the proof that it exists. */
  find(place: TablePlace, tenantId: string, entityId: string): Promise<RowKey | undefined>;
  /** Reaches for rows with a tenant's credentials. */
  reach(place: TablePlace, credentials: EngineCredentials, reach: Reach): Promise<Answer>;
}

export function dynamoRows(access: OperatorAccess): Rows {
  const using = async <T>(
    place: TablePlace,
    credentials: EngineCredentials | undefined,
    act: (documents: DynamoDBDocumentClient) => Promise<T>,
  ): Promise<T> => {
    const root = access.clientConfig(place.account, place.region);
    const client = new DynamoDBClient(credentials ? { ...root, credentials } : root);
    try {
      return await act(DynamoDBDocumentClient.from(client));
    } finally {
      client.destroy();
    }
  };
  return {
    find: (place, tenantId, entityId) =>
      using(place, undefined, async (client) => {
        const pages = paginateScan(
          { client },
          {
            TableName: place.tableName,
            FilterExpression: 'begins_with(pk, :tenant) AND contains(sk, :entity)',
            ExpressionAttributeValues: { ':tenant': `TENANT#${tenantId}#`, ':entity': entityId },
            ProjectionExpression: 'pk, sk',
          },
        );
        for await (const { Items = [] } of pages)
          for (const { pk, sk } of Items) return { pk: String(pk), sk: String(sk) };
        return undefined;
      }),
    reach: (place, credentials, reach) =>
      using(place, credentials, async (documents) => {
        try {
          return { type: 'items', count: await perform(documents, place.tableName, reach) };
        } catch (error) {
          return { type: 'refused', error: (error as Error).name };
        }
      }),
  };
}

async function perform(documents: DynamoDBDocumentClient, TableName: string, reach: Reach): Promise<number> {
  switch (reach.action) {
    case 'GetItem': {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: reach.key }));
      return Item ? 1 : 0;
    }
    case 'Query': {
      const { Count = 0 } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': reach.partition },
        }),
      );
      return Count;
    }
    case 'Scan': {
      const { Count = 0 } = await documents.send(new ScanCommand({ TableName, Limit: 10 }));
      return Count;
    }
    case 'PutItem':
      // The row exists: the condition keeps it whole even where nothing else would.
      await documents.send(
        new PutCommand({
          TableName,
          Item: { ...reach.key },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return 1;
  }
}
