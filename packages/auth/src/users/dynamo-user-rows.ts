import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ContentionProblem } from '@granary/api';
import { retryContended } from '../retry-contended';
import { endedItem } from './ended-sessions';
import {
  LastAdminRefusal,
  type RowChange,
  RowChangedRefusal,
  type UserRows,
  userRowSchema,
} from './user-row';

type Part = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const PREFIX = 'USER#';
const COUNTER = 'ADMINS';
/** All changes of administrators write the counter, and one that has begun has to be settled. */
const TRIES = 12;

/**
 * Rows in a table with the keys `pk` and `sk`. The counter is a row of the same partition, changed by the same
 * transaction: two who each take one of the last two administrators away cannot both find two.
 * @param pk the realm's partition
 */
export function dynamoUserRows(client: DynamoDBDocumentClient, TableName: string, pk: string): UserRows {
  const parts = ({ row, userName, expect, admins, ended }: RowChange): Part[] => {
    const key = { pk, sk: `${PREFIX}${userName}` };
    const condition =
      expect === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': expect },
          };
    const change: Part = row
      ? { Put: { TableName, Item: { ...key, ...withoutUndefined(row) }, ...condition } }
      : { Delete: { TableName, Key: key, ...condition } };
    const counter: Part = {
      Update: {
        TableName,
        Key: { pk, sk: COUNTER },
        UpdateExpression: 'ADD #enabled :by',
        ExpressionAttributeNames: { '#enabled': 'enabled' },
        ExpressionAttributeValues: { ':by': admins, ...(admins < 0 ? { ':one': 1 } : {}) },
        ...(admins < 0 ? { ConditionExpression: '#enabled > :one' } : {}),
      },
    };
    const end: Part[] = ended ? [{ Put: { TableName, Item: endedItem(pk, ended) } }] : [];
    // The counter second, wherever it is: a refusal is told apart by its place.
    return admins === 0 ? [change, ...end] : [change, counter, ...end];
  };
  return {
    async get(userName) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: { pk, sk: `${PREFIX}${userName}` }, ConsistentRead: true }),
      );
      return Item && userRowSchema.parse(Item);
    },
    async page(limit, after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': PREFIX },
          ConsistentRead: true,
          Limit: limit,
          ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: `${PREFIX}${after}` } }),
        }),
      );
      return { rows: Items.map((item) => userRowSchema.parse(item)), more: LastEvaluatedKey !== undefined };
    },
    async write(change) {
      const TransactItems = parts(change);
      try {
        await retryContended(() => client.send(new TransactWriteCommand({ TransactItems })), {
          met,
          tries: TRIES,
        });
      } catch (error) {
        const codes = codesOf(error);
        if (codes[0] === REFUSED) throw new RowChangedRefusal();
        if (codes[1] === REFUSED) throw new LastAdminRefusal();
        throw met(error) ? new ContentionProblem(undefined, { cause: error }) : error;
      }
    },
    async clear() {
      const forget = (sk: string) => client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
      for (;;) {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: { ':pk': pk, ':prefix': PREFIX },
            ConsistentRead: true,
            Limit: 25,
          }),
        );
        if (Items.length === 0) break;
        await Promise.all(Items.map(({ sk }) => forget(String(sk))));
      }
      // The counter last: as long as it is there, so may be users.
      await forget(COUNTER);
    },
  };
}

const REFUSED = 'ConditionalCheckFailed';

/** Why each part of a transaction was cancelled. */
function codesOf(error: unknown): readonly (string | undefined)[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code);
}

/** Whether a transaction met another one and nothing else is in its way. */
function met(error: unknown): boolean {
  const codes = codesOf(error);
  return codes.includes('TransactionConflict') && !codes.includes(REFUSED);
}

function withoutUndefined(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
