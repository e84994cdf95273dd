import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { keyOf, rowsPolicy, TenantTable } from './tenant-table';

jest.setTimeout(120_000);

type Verdict = 'allow' | 'deny';
const TableName = 'rows';
const TAGGED = `TENANT#\${aws:PrincipalTag/TenantId}#*`;

let running: EngineUnderTest;
let table: TenantTable;
let roleArn: string;

beforeAll(async () => {
  running = await engineForTests();
  table = new TenantTable(running.engine);
  await table.create();
  roleArn = await table.role('tenant-role', rowsPolicy(TAGGED));
});

afterAll(() => running.close());

/** The verdict of one call; anything but a success or AccessDeniedException is thrown. */
async function verdictOf(call: Promise<unknown>): Promise<Verdict> {
  try {
    await call;
    return 'allow';
  } catch (error) {
    if ((error as Error).name === 'AccessDeniedException') return 'deny';
    throw error;
  }
}

const own = keyOf('a');
const other = keyOf('b');
const query = (values: string, expression = 'pk = :pk') => ({
  TableName,
  KeyConditionExpression: expression,
  ExpressionAttributeValues: { ':pk': { S: values } },
});

const CASES: readonly (readonly [string, Verdict, (client: DynamoDBClient) => Promise<unknown>])[] = [
  ['reads an own row', 'allow', (c) => c.send(new GetItemCommand({ TableName, Key: own }))],
  ['reads a foreign row', 'deny', (c) => c.send(new GetItemCommand({ TableName, Key: other }))],
  [
    'reads a row of a tenant whose id starts alike',
    'deny',
    (c) => c.send(new GetItemCommand({ TableName, Key: keyOf('a-b') })),
  ],
  ['writes an own row', 'allow', (c) => c.send(new PutItemCommand({ TableName, Item: own }))],
  ['writes a foreign row', 'deny', (c) => c.send(new PutItemCommand({ TableName, Item: other }))],
  ['updates a foreign row', 'deny', (c) => c.send(new UpdateItemCommand({ TableName, Key: other }))],
  ['deletes a foreign row', 'deny', (c) => c.send(new DeleteItemCommand({ TableName, Key: other }))],
  ['queries its partition', 'allow', (c) => c.send(new QueryCommand(query('TENANT#a#0')))],
  ['queries a foreign partition', 'deny', (c) => c.send(new QueryCommand(query('TENANT#b#0')))],
  [
    'queries its partition by a placeholder and a range',
    'allow',
    (c) =>
      c.send(
        new QueryCommand({
          ...query('TENANT#a#0', '(#k = :pk) AND sk BETWEEN :from AND :to'),
          ExpressionAttributeNames: { '#k': 'pk' },
          ExpressionAttributeValues: { ':pk': { S: 'TENANT#a#0' }, ':from': { S: 'a' }, ':to': { S: 'z' } },
        }),
      ),
  ],
  [
    'queries a foreign partition with its own as the range',
    'deny',
    (c) =>
      c.send(
        new QueryCommand({
          ...query('TENANT#b#0', 'sk = :own AND pk = :pk'),
          ExpressionAttributeValues: { ':pk': { S: 'TENANT#b#0' }, ':own': { S: 'TENANT#a#0' } },
        }),
      ),
  ],
  [
    'queries its partition in the legacy form',
    'allow',
    (c) =>
      c.send(
        new QueryCommand({
          TableName,
          KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'TENANT#a#0' }] } },
        }),
      ),
  ],
  [
    'queries a foreign partition in the legacy form',
    'deny',
    (c) =>
      c.send(
        new QueryCommand({
          TableName,
          KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'TENANT#b#0' }] } },
        }),
      ),
  ],
  [
    'mixes the legacy form with an expression',
    'deny',
    (c) =>
      c.send(
        new QueryCommand({
          ...query('TENANT#a#0'),
          KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'TENANT#b#0' }] } },
        }),
      ),
  ],
  [
    'queries an index by its own index key',
    'allow',
    (c) =>
      c.send(
        new QueryCommand({
          ...query('TENANT#a#index', 'indexPk = :pk'),
          IndexName: 'byIndexPk',
        }),
      ),
  ],
  [
    'queries an index by a foreign index key',
    'deny',
    (c) =>
      c.send(
        new QueryCommand({
          ...query('TENANT#b#index', 'indexPk = :pk'),
          IndexName: 'byIndexPk',
        }),
      ),
  ],
  [
    'reads a batch of own rows',
    'allow',
    (c) => c.send(new BatchGetItemCommand({ RequestItems: { rows: { Keys: [own] } } })),
  ],
  [
    'reads a batch with a foreign row',
    'deny',
    (c) =>
      c.send(
        new BatchGetItemCommand({
          RequestItems: { rows: { Keys: [own, other] } },
        }),
      ),
  ],
  [
    'writes a batch of own rows',
    'allow',
    (c) =>
      c.send(
        new BatchWriteItemCommand({
          RequestItems: { rows: [{ PutRequest: { Item: own } }] },
        }),
      ),
  ],
  [
    'writes a batch with a foreign row',
    'deny',
    (c) =>
      c.send(
        new BatchWriteItemCommand({
          RequestItems: { rows: [{ PutRequest: { Item: own } }, { DeleteRequest: { Key: other } }] },
        }),
      ),
  ],
  [
    'hides a foreign row in one entry of a batch',
    'deny',
    (c) =>
      c.send(
        new BatchWriteItemCommand({
          RequestItems: { rows: [{ PutRequest: { Item: own }, DeleteRequest: { Key: other } }] },
        }),
      ),
  ],
  [
    'reads own rows in a transaction',
    'allow',
    (c) =>
      c.send(
        new TransactGetItemsCommand({
          TransactItems: [{ Get: { TableName, Key: own } }],
        }),
      ),
  ],
  [
    'reads a foreign row in a transaction',
    'deny',
    (c) =>
      c.send(
        new TransactGetItemsCommand({
          TransactItems: [{ Get: { TableName, Key: own } }, { Get: { TableName, Key: other } }],
        }),
      ),
  ],
  [
    'writes own rows in a transaction',
    'allow',
    (c) =>
      c.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName, Item: own } }],
        }),
      ),
  ],
  [
    'writes a foreign row in a transaction',
    'deny',
    (c) =>
      c.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName, Item: own } }, { Put: { TableName, Item: other } }],
        }),
      ),
  ],
  [
    'checks a foreign row in a transaction',
    'deny',
    (c) =>
      c.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: own } },
            { ConditionCheck: { TableName, Key: other, ConditionExpression: 'attribute_exists(pk)' } },
          ],
        }),
      ),
  ],
  ['scans', 'deny', (c) => c.send(new ScanCommand({ TableName }))],
  [
    'runs a statement',
    'deny',
    (c) => c.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM "rows"' })),
  ],
];

describe('a tenant role that names actions, LeadingKeys and Null', () => {
  test.each(CASES)('%s: %s', async (_what, expected, call) => {
    expect(await verdictOf(call(await table.session(roleArn, 'a')))).toBe(expected);
  });

  test('denies everything when the session has no tenant tag', async () => {
    const untagged = await table.session(roleArn, undefined);
    expect(await verdictOf(untagged.send(new GetItemCommand({ TableName, Key: own })))).toBe('deny');
  });

  test('takes wildcards in a tag as plain characters', async () => {
    const wild = await table.session(await table.role('wild', rowsPolicy(TAGGED)), '*');
    expect(await verdictOf(wild.send(new GetItemCommand({ TableName, Key: own })))).toBe('deny');
  });

  test('is narrowed by a session policy, never widened', async () => {
    const readOnly = await table.session(
      roleArn,
      'a',
      rowsPolicy('*', ['dynamodb:GetItem', 'dynamodb:Scan'], false),
    );
    const verdicts = await Promise.all([
      verdictOf(readOnly.send(new GetItemCommand({ TableName, Key: own }))),
      verdictOf(readOnly.send(new PutItemCommand({ TableName, Item: own }))),
      verdictOf(readOnly.send(new GetItemCommand({ TableName, Key: other }))),
      verdictOf(readOnly.send(new ScanCommand({ TableName }))),
    ]);
    expect(verdicts).toEqual(['allow', 'deny', 'deny', 'deny']);
  });
});

describe('policies that people write and should not', () => {
  test('a scan passes under dynamodb:* without Null, as on AWS', async () => {
    const wide = await table.role('wide', rowsPolicy(TAGGED, ['dynamodb:*'], false));
    expect(await verdictOf((await table.session(wide, 'a')).send(new ScanCommand({ TableName })))).toBe(
      'allow',
    );
  });

  test('a pattern that ends in the id lets in tenants whose id starts alike, as on AWS', async () => {
    const loose = await table.role('loose', rowsPolicy(`TENANT#\${aws:PrincipalTag/TenantId}*`));
    const client = await table.session(loose, 'a');
    expect(await verdictOf(client.send(new GetItemCommand({ TableName, Key: keyOf('a-b') })))).toBe('allow');
  });
});
