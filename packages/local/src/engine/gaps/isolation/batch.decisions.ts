import { type Decision, floor, foreign, key, own, TableName } from './decision';

const ARN = '{arn}';
const put = (Item: object) => ({ PutRequest: { Item } });
const remove = (Key: object) => ({ DeleteRequest: { Key } });
const ownSpare = key('TENANT#a#0', 'batch');

type Row = readonly [
  what: string,
  operation: string,
  input: object,
  verdict: 'allow' | 'deny',
  reason: string,
];

const ROWS: readonly Row[] = [
  [
    'reads a batch of own rows',
    'BatchGetItem',
    { RequestItems: { rows: { Keys: [own, ownSpare] } } },
    'allow',
    'all keys are its own',
  ],
  [
    'reads a batch with a foreign row',
    'BatchGetItem',
    { RequestItems: { rows: { Keys: [own, foreign] } } },
    'deny',
    'ForAllValues: one foreign key refuses all',
  ],
  [
    'reads a batch by the ARN of the table',
    'BatchGetItem',
    { RequestItems: { [ARN]: { Keys: [own] } } },
    'allow',
    'same table',
  ],
  [
    'reads a foreign row by the ARN of the table in a batch',
    'BatchGetItem',
    { RequestItems: { [ARN]: { Keys: [foreign] } } },
    'deny',
    'same table',
  ],
  [
    'reads an own row by name and a foreign one by ARN',
    'BatchGetItem',
    { RequestItems: { rows: { Keys: [own] }, [ARN]: { Keys: [foreign] } } },
    'deny',
    'both names are one table',
  ],
  [
    'reads a batch of two tables',
    'BatchGetItem',
    { RequestItems: { rows: { Keys: [own] }, doomed: { Keys: [own] } } },
    'deny',
    'each table must be permitted',
  ],
  [
    'writes a batch of own rows',
    'BatchWriteItem',
    { RequestItems: { rows: [put(own), remove(ownSpare)] } },
    'allow',
    'all keys are its own',
  ],
  [
    'writes a batch with a foreign row',
    'BatchWriteItem',
    { RequestItems: { rows: [put(own), put(foreign)] } },
    'deny',
    'ForAllValues: one foreign key refuses all',
  ],
  [
    'deletes a foreign row in a batch',
    'BatchWriteItem',
    { RequestItems: { rows: [put(own), remove(foreign)] } },
    'deny',
    'ForAllValues: one foreign key refuses all',
  ],
  [
    'reads own rows in a transaction',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName, Key: own } }] },
    'allow',
    'each item is judged',
  ],
  [
    'reads a foreign row in a transaction',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName, Key: own } }, { Get: { TableName, Key: foreign } }] },
    'deny',
    'each item is judged',
  ],
  [
    'reads a foreign row by ARN in a transaction',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName: ARN, Key: foreign } }] },
    'deny',
    'each item is judged',
  ],
  [
    'reads another table in a transaction',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName, Key: own } }, { Get: { TableName: 'doomed', Key: own } }] },
    'deny',
    'each table must be permitted',
  ],
  [
    'writes own rows in a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName, Item: own } }, { Delete: { TableName, Key: ownSpare } }] },
    'allow',
    'each item is judged',
  ],
  [
    'writes a foreign row in a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName, Item: own } }, { Put: { TableName, Item: foreign } }] },
    'deny',
    'each item is judged',
  ],
  [
    'updates a foreign row in a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Update: { TableName, Key: foreign, UpdateExpression: 'SET note = pk' } }] },
    'deny',
    'each item is judged',
  ],
  [
    'deletes a foreign row in a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Delete: { TableName, Key: foreign } }] },
    'deny',
    'each item is judged',
  ],
  [
    'checks an own row in a transaction',
    'TransactWriteItems',
    {
      TransactItems: [
        { ConditionCheck: { TableName, Key: own, ConditionExpression: 'attribute_not_exists(nothing)' } },
        { Put: { TableName, Item: key('TENANT#a#0', 'checked') } },
      ],
    },
    'allow',
    'each item is judged',
  ],
  [
    'checks a foreign row in a transaction',
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName, Item: own } },
        { ConditionCheck: { TableName, Key: foreign, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    },
    'deny',
    'a check tells that a row exists',
  ],
  ['scans', 'Scan', { TableName }, 'deny', 'the action is not named, and no key either'],
  [
    'scans for its own rows',
    'Scan',
    {
      TableName,
      FilterExpression: 'begins_with(pk, :a)',
      ExpressionAttributeValues: { ':a': { S: 'TENANT#a#' } },
    },
    'deny',
    'a filter is not a key',
  ],
  [
    'scans an index',
    'Scan',
    { TableName, IndexName: 'byIndexPk' },
    'deny',
    'the action is not named, and no key either',
  ],
  [
    'selects by a statement',
    'ExecuteStatement',
    { Statement: 'SELECT * FROM "rows"' },
    'deny',
    'PartiQL actions are not named',
  ],
  [
    'selects its own row by a statement',
    'ExecuteStatement',
    { Statement: 'SELECT * FROM "rows" WHERE pk = \'TENANT#a#0\'' },
    'deny',
    'PartiQL actions are not named',
  ],
  [
    'inserts by a statement',
    'ExecuteStatement',
    { Statement: "INSERT INTO \"rows\" VALUE {'pk': 'TENANT#b#0', 'sk': 'x'}" },
    'deny',
    'PartiQL actions are not named',
  ],
  [
    'updates by a statement',
    'ExecuteStatement',
    { Statement: "UPDATE \"rows\" SET note = 'x' WHERE pk = 'TENANT#b#0' AND sk = 'row'" },
    'deny',
    'PartiQL actions are not named',
  ],
  [
    'deletes by a statement',
    'ExecuteStatement',
    { Statement: "DELETE FROM \"rows\" WHERE pk = 'TENANT#b#0' AND sk = 'row'" },
    'deny',
    'PartiQL actions are not named',
  ],
  [
    'runs a batch of statements',
    'BatchExecuteStatement',
    { Statements: [{ Statement: "SELECT * FROM \"rows\" WHERE pk = 'TENANT#b#0' AND sk = 'row'" }] },
    'deny',
    'PartiQL actions are not named',
  ],
  [
    'runs a transaction of statements',
    'ExecuteTransaction',
    { TransactStatements: [{ Statement: "SELECT * FROM \"rows\" WHERE pk = 'TENANT#b#0' AND sk = 'row'" }] },
    'deny',
    'PartiQL actions are not named',
  ],
  ['describes the table', 'DescribeTable', { TableName }, 'deny', 'the action is not named'],
  ['lists tables', 'ListTables', {}, 'deny', 'the action is not named'],
  [
    'changes the table',
    'UpdateTable',
    { TableName, DeletionProtectionEnabled: false },
    'deny',
    'the action is not named',
  ],
  ['deletes the table', 'DeleteTable', { TableName }, 'deny', 'the action is not named'],
  [
    'exports the table',
    'ExportTableToPointInTime',
    { TableArn: ARN, S3Bucket: 'mine' },
    'deny',
    'the action is not named',
  ],
  [
    'backs the table up',
    'CreateBackup',
    { TableName, BackupName: 'mine' },
    'deny',
    'the action is not named',
  ],
  [
    'restores the table under another name',
    'RestoreTableToPointInTime',
    { SourceTableName: TableName, TargetTableName: 'mine', UseLatestRestorableTime: true },
    'deny',
    'the action is not named',
  ],
  [
    'tags the table',
    'TagResource',
    { ResourceArn: ARN, Tags: [{ Key: 'x', Value: 'y' }] },
    'deny',
    'the action is not named',
  ],
  [
    'lets rows expire',
    'UpdateTimeToLive',
    { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } },
    'deny',
    'the action is not named',
  ],
];

const raw = (name: string, operation: string, body: object, reason: string): Decision => ({
  case: name,
  caller: floor,
  request: [
    operation,
    operation === 'BatchGetItem'
      ? { RequestItems: { rows: { Keys: [own] } } }
      : operation === 'BatchWriteItem'
        ? { RequestItems: { rows: [put(own)] } }
        : { TransactItems: [] },
  ],
  tampering: { type: 'body', text: JSON.stringify(body) },
  verdict: 'deny',
  reason,
});

/** Batches, transactions, scans, PartiQL and operations on the table, under the floor. */
export const BATCH_DECISIONS: readonly Decision[] = [
  ...ROWS.map(
    ([what, operation, input, verdict, reason]): Decision => ({
      case: what,
      caller: floor,
      request: [operation, input],
      verdict,
      reason,
    }),
  ),
  raw(
    'hides a foreign row in one entry of a batch',
    'BatchWriteItem',
    { RequestItems: { rows: [{ ...put(own), ...remove(foreign) }] } },
    'two members in one entry are refused',
  ),
  raw(
    'hides a foreign row behind a null in one entry of a batch',
    'BatchWriteItem',
    { RequestItems: { rows: [{ PutRequest: null, ...remove(foreign) }] } },
    'two members in one entry are refused',
  ),
  raw(
    'sends an unknown request in a batch',
    'BatchWriteItem',
    { RequestItems: { rows: [put(own), { UpdateRequest: { Key: foreign } }] } },
    'an unknown member is refused',
  ),
  raw('sends an empty batch', 'BatchWriteItem', { RequestItems: { rows: [] } }, 'no key is no permission'),
  raw('sends a batch of no table', 'BatchGetItem', { RequestItems: {} }, 'no key is no permission'),
  raw(
    'names a permitted table beside a batch of another',
    'BatchGetItem',
    { TableName, RequestItems: { rows: { Keys: [own] }, doomed: { Keys: [foreign] } } },
    'the tables of the batch are judged, not one beside it',
  ),
  raw(
    'names a permitted table beside a batch that writes another',
    'BatchWriteItem',
    { TableName, RequestItems: { rows: [put(own)], doomed: [put(foreign)] } },
    'the tables of the batch are judged, not one beside it',
  ),
  raw(
    'names an index beside a batch',
    'BatchGetItem',
    {
      TableName,
      IndexName: 'byIndexPk',
      RequestItems: { rows: { Keys: [{ ...foreign, indexPk: { S: 'TENANT#a#index' } }] } },
    },
    'only Query and Scan read an index',
  ),
  raw(
    'hides a foreign row in one item of a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName, Item: own }, Delete: { TableName, Key: foreign } }] },
    'two members in one item are refused',
  ),
  raw(
    'names a permitted table beside a transaction',
    'TransactGetItems',
    { TableName, Key: own, TransactItems: [{ Get: { TableName, Key: foreign } }] },
    'each item is judged',
  ),
  raw(
    'names a permitted batch beside a transaction',
    'TransactGetItems',
    { RequestItems: { rows: { Keys: [own] } }, TransactItems: [{ Get: { TableName: 'doomed', Key: own } }] },
    'each item is judged',
  ),
  raw(
    'puts an index into an item of a transaction',
    'TransactGetItems',
    {
      TransactItems: [
        { Get: { TableName, IndexName: 'byIndexPk', Key: { ...foreign, indexPk: { S: 'TENANT#a#index' } } } },
      ],
    },
    'only Query and Scan read an index',
  ),
  raw(
    'gives an item of a transaction no table',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName, Key: own } }, { Get: { Key: foreign } }] },
    'an item without a table is refused',
  ),
  raw(
    'gives the keys of a batch as an object',
    'BatchGetItem',
    { RequestItems: { rows: { Keys: { 0: foreign } } } },
    'an unreadable batch is refused',
  ),
];
