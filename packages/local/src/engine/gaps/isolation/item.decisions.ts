import { type Decision, floor, foreign, key, own, TableName } from './decision';

const PARTITIONS: readonly (readonly [string, string, 'allow' | 'deny'])[] = [
  ['its own', 'TENANT#a#0', 'allow'],
  ['another shard of its own', 'TENANT#a#63', 'allow'],
  ['its own with more separators', 'TENANT#a#0#TENANT#b#0', 'allow'],
  ["another tenant's", 'TENANT#b#0', 'deny'],
  ['that of a tenant whose id starts alike', 'TENANT#a-b#0', 'deny'],
  ['that of its id without a separator', 'TENANT#a', 'deny'],
  ['that of no tenant', 'TENANT##0', 'deny'],
  ['that of a wild card', 'TENANT#*#0', 'deny'],
  ['its own in other letters', 'tenant#A#0', 'deny'],
  ['its own behind a space', ' TENANT#a#0', 'deny'],
  ['its own behind a line break', '\nTENANT#a#0', 'deny'],
  ["another tenant's with its own behind it", 'TENANT#b#TENANT#a#0', 'deny'],
];

const partitions = PARTITIONS.map(
  ([whose, partition, verdict]): Decision => ({
    case: `reads a row of the partition ${whose}`,
    caller: floor,
    request: ['GetItem', { TableName, Key: key(partition) }],
    verdict,
    reason: 'the leading key must be like TENANT#<tag>#*',
  }),
);

const operation = (
  name: string,
  request: Decision['request'],
  verdict: Decision['verdict'],
  reason = 'LeadingKeys holds the partition key of Key or Item',
): Decision => ({ case: name, caller: floor, request, verdict, reason });

const raw = (name: string, operationName: string, body: object | string, reason: string): Decision => ({
  case: name,
  caller: floor,
  request: [operationName, { TableName, Key: own }],
  tampering: { type: 'body', text: typeof body === 'string' ? body : JSON.stringify(body) },
  verdict: 'deny',
  reason,
});

const NUMBER = { pk: { N: '1' }, sk: { S: 'row' } };

/** Operations on one item. */
export const ITEM_DECISIONS: readonly Decision[] = [
  ...partitions,
  operation('writes an own row', ['PutItem', { TableName, Item: own }], 'allow'),
  operation('writes a foreign row', ['PutItem', { TableName, Item: foreign }], 'deny'),
  operation('updates an own row', ['UpdateItem', { TableName, Key: own }], 'allow'),
  operation('updates a foreign row', ['UpdateItem', { TableName, Key: foreign }], 'deny'),
  operation('deletes an own row', ['DeleteItem', { TableName, Key: key('TENANT#a#0', 'spare') }], 'allow'),
  operation('deletes a foreign row', ['DeleteItem', { TableName, Key: foreign }], 'deny'),
  operation(
    'takes a foreign row out as it deletes it',
    ['DeleteItem', { TableName, Key: foreign, ReturnValues: 'ALL_OLD' }],
    'deny',
  ),
  operation(
    'takes a foreign row out as it replaces it',
    ['PutItem', { TableName, Item: foreign, ReturnValues: 'ALL_OLD' }],
    'deny',
  ),
  operation(
    'takes a foreign row out of a failed condition',
    [
      'UpdateItem',
      {
        TableName,
        Key: foreign,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    ],
    'deny',
  ),
  operation(
    'reads a foreign row by a projection of its key under another name',
    [
      'GetItem',
      { TableName, Key: foreign, ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'pk' } },
    ],
    'deny',
    'a projection is not a key',
  ),
  operation(
    'reads an own row by a projection of its key under another name',
    [
      'GetItem',
      { TableName, Key: own, ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'pk' } },
    ],
    'allow',
    'a projection is not a key',
  ),
  operation(
    'reads a foreign row whose condition names its own',
    [
      'DeleteItem',
      {
        TableName,
        Key: foreign,
        ConditionExpression: 'pk <> :own',
        ExpressionAttributeValues: { ':own': { S: 'TENANT#a#0' } },
      },
    ],
    'deny',
    'a condition is not a key',
  ),
  operation(
    'puts an own row into the index partition of another tenant',
    ['PutItem', { TableName, Item: { ...key('TENANT#a#0', 'planted'), indexPk: { S: 'TENANT#b#planted' } } }],
    'allow',
    "LeadingKeys covers the table's partition key only: keep tenants' indexes apart by writing code",
  ),
  operation(
    'reads a row by the ARN of the table',
    ['GetItem', { TableName: '{arn}', Key: own }],
    'allow',
    'same table',
  ),
  operation(
    'reads a foreign row by the ARN of the table',
    ['GetItem', { TableName: '{arn}', Key: foreign }],
    'deny',
    'same table',
  ),
  operation(
    "reads a row by the ARN of another account's table",
    ['GetItem', { TableName: 'arn:aws:dynamodb:eu-west-1:222222222222:table/rows', Key: own }],
    'deny',
    'the resource is not in the policy',
  ),
  operation(
    "reads a row by the ARN of another region's table",
    ['GetItem', { TableName: 'arn:aws:dynamodb:us-east-1:333333333333:table/rows', Key: own }],
    'deny',
    'the resource is not in the policy',
  ),
  operation(
    'reads a row of another table',
    ['GetItem', { TableName: 'doomed', Key: own }],
    'deny',
    'the resource is not in the policy',
  ),
  raw(
    'names two keys, the second foreign',
    'GetItem',
    `{"TableName":"rows","Key":${JSON.stringify(own)},"Key":${JSON.stringify(foreign)}}`,
    'the judged key is the one that is used',
  ),
  raw(
    'names an index beside a foreign key',
    'GetItem',
    { TableName, IndexName: 'byIndexPk', Key: { ...foreign, indexPk: { S: 'TENANT#a#index' } } },
    'only Query and Scan read an index',
  ),
  raw(
    'names an index beside a foreign item',
    'PutItem',
    { TableName, IndexName: 'byIndexPk', Item: { ...foreign, indexPk: { S: 'TENANT#a#index' } } },
    'only Query and Scan read an index',
  ),
  raw(
    'gives the key two types',
    'GetItem',
    { TableName, Key: { pk: { S: 'TENANT#b#0', B: 'VEVOQU5UI2EjMA==' }, sk: { S: 'row' } } },
    'an ambiguous key is refused',
  ),
  raw(
    'gives the key another type',
    'GetItem',
    { TableName, Key: NUMBER },
    'the leading key must be like TENANT#<tag>#*',
  ),
  raw('gives no key', 'GetItem', { TableName }, 'an absent key is refused'),
  raw(
    'gives the key as a list',
    'GetItem',
    { TableName, Key: [own, foreign] },
    'an ambiguous key is refused',
  ),
  raw('gives no JSON', 'GetItem', 'TableName=rows', 'an unreadable body is refused'),
];
