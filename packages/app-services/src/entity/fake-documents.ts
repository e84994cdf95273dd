import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { RowKey } from './batch-read';

type Item = Record<string, unknown>;

export interface FakeDocumentsOptions {
  /** Whose session it is: keys of any other tenant are denied, as the tenant role denies them. */
  readonly tenantId: string;
  /** Rows of all tables and tenants. @default none yet */
  readonly store?: Map<string, Item>;
  /** Rows of a query's page at most, as if they were large. @default the query's limit */
  readonly pageRows?: number;
  /** Keys of a batch that are answered; the others are left for later. @default all */
  readonly batchRows?: () => number;
}

/** DynamoDB as far as the tables use it, for tests: an expression that it does not know is an error. */
export function fakeDocuments(options: FakeDocumentsOptions): DynamoDBDocumentClient {
  const store = options.store ?? new Map<string, Item>();
  const slot = (table: string | undefined, { pk, sk }: RowKey): string => {
    if (!pk.startsWith(`TENANT#${options.tenantId}#`))
      throw Object.assign(new Error(`denied: ${pk}`), { name: 'AccessDeniedException' });
    return JSON.stringify([table, pk, sk]);
  };
  const write = (input: ConditionalInput, key: RowKey, next: (old: Item | undefined) => Item | undefined) => {
    const at = slot(input.TableName, key);
    const old = store.get(at);
    if (!holds(input, old)) throw refusal(input, old);
    const item = next(old);
    if (item) store.set(at, item);
    else store.delete(at);
    return item;
  };

  function query(input: QueryCommand['input']) {
    if (input.KeyConditionExpression !== 'pk = :pk AND begins_with(sk, :prefix)')
      throw new Error(`unknown key condition: ${input.KeyConditionExpression}`);
    const { ':pk': pk, ':prefix': prefix } = input.ExpressionAttributeValues as Record<string, string>;
    const start = input.ExclusiveStartKey as RowKey | undefined;
    if (start && start.pk !== pk) throw new Error('the exclusive start key is outside of the range');
    slot(input.TableName, { pk: String(pk), sk: '' });
    const rows = [...store]
      .filter(([at]) => JSON.parse(at)[0] === input.TableName)
      .map(([, item]) => item as Item & RowKey)
      .filter((item) => item.pk === pk && item.sk.startsWith(String(prefix)))
      .filter((item) => !start || item.sk > start.sk)
      .sort((one, other) => (one.sk < other.sk ? -1 : 1));
    const Items = rows.slice(0, Math.min(input.Limit ?? rows.length, options.pageRows ?? rows.length));
    const last = Items.at(-1);
    // DynamoDB names a last key whenever it stopped early, be there more or not.
    const stopped = last && (Items.length < rows.length || Items.length === input.Limit);
    return { Items, ...(stopped ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {}) };
  }

  function batch(input: BatchGetCommand['input']) {
    const [[table, { Keys = [] }]] = Object.entries(input.RequestItems ?? {}) as [
      [string, { Keys?: RowKey[] }],
    ];
    const distinct = new Set(Keys.map((key) => slot(table, key)));
    if (Keys.length === 0 || Keys.length > 100 || distinct.size < Keys.length)
      throw Object.assign(new Error('1 to 100 distinct keys'), { name: 'ValidationException' });
    const answered = options.batchRows?.() ?? Keys.length;
    const rest = Keys.slice(answered);
    return {
      Responses: { [table]: Keys.slice(0, answered).flatMap((key) => store.get(slot(table, key)) ?? []) },
      UnprocessedKeys: rest.length > 0 ? { [table]: { Keys: rest } } : {},
    };
  }

  async function send(command: { readonly input: unknown }): Promise<unknown> {
    const input = structuredClone(command.input);
    if (command instanceof GetCommand) {
      const { TableName, Key } = input as GetCommand['input'];
      const Item = store.get(slot(TableName, Key as RowKey));
      return Item ? { Item } : {};
    }
    if (command instanceof PutCommand) {
      const put = input as PutCommand['input'];
      write(put, put.Item as RowKey, () => put.Item);
      return {};
    }
    if (command instanceof UpdateCommand) {
      const update = input as UpdateCommand['input'];
      return {
        Attributes: write(update, update.Key as RowKey, (old) => ({
          ...update.Key,
          ...old,
          ...assigned(update),
        })),
      };
    }
    if (command instanceof DeleteCommand) {
      const removal = input as DeleteCommand['input'];
      write(removal, removal.Key as RowKey, () => undefined);
      return {};
    }
    if (command instanceof QueryCommand) return query(input as QueryCommand['input']);
    if (command instanceof BatchGetCommand) return batch(input as BatchGetCommand['input']);
    throw new Error(`unknown command: ${command.constructor.name}`);
  }
  return { send } as unknown as DynamoDBDocumentClient;
}

type ConditionalInput = Pick<
  UpdateCommand['input'],
  | 'TableName'
  | 'ConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ReturnValuesOnConditionCheckFailure'
>;

const nameOf = (input: ConditionalInput, name: string): string =>
  name.startsWith('#') ? String(input.ExpressionAttributeNames?.[name]) : name;

function holds(input: ConditionalInput, old: Item | undefined): boolean {
  const condition = input.ConditionExpression ?? '';
  const absent = /^attribute_not_exists\((\S+)\)$/.exec(condition)?.[1];
  if (absent) return old?.[nameOf(input, absent)] === undefined;
  const [, name, value] = /^(\S+) = (:\w+)$/.exec(condition) ?? [];
  if (!name || !value) throw new Error(`unknown condition: ${condition}`);
  return old !== undefined && old[nameOf(input, name)] === input.ExpressionAttributeValues?.[value];
}

function assigned(input: UpdateCommand['input']): Item {
  const assignments = /^SET (.+)$/.exec(input.UpdateExpression ?? '')?.[1]?.split(', ') ?? [];
  if (assignments.length === 0) throw new Error(`unknown update: ${input.UpdateExpression}`);
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [name = '', value = ''] = assignment.split(' = ');
      return [nameOf(input, name), input.ExpressionAttributeValues?.[value]];
    }),
  );
}

function refusal(input: ConditionalInput, old: Item | undefined): ConditionalCheckFailedException {
  const told = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && old;
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(told ? { Item: { version: { N: String(old.version) } } } : {}),
  });
}
