import { type Decision, floor, query, TableName } from './decision';

const A = { ':a': 'TENANT#a#0' };
const B = { ':b': 'TENANT#b#0' };
const BOTH = { ...A, ...B };
const legacy = (partition: string) => ({
  pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: partition }] },
});

const ROWS: readonly (readonly [string, object, Decision['verdict'], string])[] = [
  ['its partition', query('pk = :a', A), 'allow', 'the key is in the condition'],
  ['a foreign partition', query('pk = :b', B), 'deny', 'the key is in the condition'],
  [
    'its partition by a placeholder and a range',
    query(
      '(#k = :a) AND sk BETWEEN :from AND :to',
      { ...A, ':from': 'a', ':to': 'z' },
      {
        ExpressionAttributeNames: { '#k': 'pk' },
      },
    ),
    'allow',
    'names are substituted',
  ],
  [
    'a foreign partition by a placeholder',
    query('#sk = :b', B, { ExpressionAttributeNames: { '#sk': 'pk' } }),
    'deny',
    'names are substituted',
  ],
  [
    'a foreign partition with exchanged placeholders',
    query('#pk = :a AND #sk = :b', BOTH, { ExpressionAttributeNames: { '#pk': 'sk', '#sk': 'pk' } }),
    'deny',
    'names are substituted',
  ],
  [
    'a foreign partition with its own as the range',
    query('sk = :a AND pk = :b', BOTH),
    'deny',
    'only the partition key counts',
  ],
  ['two partitions', query('pk = :a AND pk = :b', BOTH), 'deny', 'an ambiguous condition is refused'],
  [
    'one partition or another',
    query('pk = :a OR pk = :b', BOTH),
    'deny',
    'an ambiguous condition is refused',
  ],
  ['all but one partition', query('NOT pk = :b', B), 'deny', 'an ambiguous condition is refused'],
  [
    'partitions that begin alike',
    query('begins_with(pk, :a)', { ':a': 'TENANT#' }),
    'deny',
    'no equality of the key',
  ],
  ['partitions after its own', query('pk >= :a', A), 'deny', 'no equality of the key'],
  ['a list of partitions', query('pk IN (:a, :b)', BOTH), 'deny', 'no equality of the key'],
  ['the value before the name', query(':b = pk', B), 'deny', 'an ambiguous condition is refused'],
  [
    'a foreign partition counted only',
    query('pk = :b', B, { Select: 'COUNT' }),
    'deny',
    'what is returned does not matter',
  ],
  [
    'a foreign partition filtered by its own',
    query('pk = :b', BOTH, { FilterExpression: 'indexPk <> :a' }),
    'deny',
    'a filter is not a key',
  ],
  [
    'a foreign partition in reverse and strongly',
    query('pk = :b', B, { ScanIndexForward: false, ConsistentRead: true }),
    'deny',
    'how it is read does not matter',
  ],
  [
    'its partition from a foreign start',
    query('pk = :a', A, { ExclusiveStartKey: { pk: { S: 'TENANT#b#0' }, sk: { S: 'row' } } }),
    'ValidationException',
    'the start must be of the judged partition',
  ],
  [
    'its partition in the legacy form',
    { TableName, KeyConditions: legacy('TENANT#a#0') },
    'allow',
    'the key is in the condition',
  ],
  [
    'a foreign partition in the legacy form',
    { TableName, KeyConditions: legacy('TENANT#b#0') },
    'deny',
    'the key is in the condition',
  ],
  [
    'a foreign partition in the legacy form beside an expression',
    { ...query('pk = :a', A), KeyConditions: legacy('TENANT#b#0') },
    'deny',
    'legacy and expression parameters mixed are refused',
  ],
  [
    'its partition with a legacy filter beside an expression',
    { ...query('pk = :a', A), QueryFilter: legacy('TENANT#b#0') },
    'deny',
    'legacy and expression parameters mixed are refused',
  ],
  [
    'an index by its own key',
    query('indexPk = :i', { ':i': 'TENANT#a#index' }, { IndexName: 'byIndexPk' }),
    'allow',
    "the index's partition key counts",
  ],
  [
    'an index by a foreign key',
    query('indexPk = :i', { ':i': 'TENANT#b#index' }, { IndexName: 'byIndexPk' }),
    'deny',
    "the index's partition key counts",
  ],
  [
    "an index by the table's own key",
    query('pk = :a', A, { IndexName: 'byIndexPk' }),
    'deny',
    "the index's partition key counts",
  ],
  [
    'an index that is not there',
    query('pk = :a', A, { IndexName: 'byNobody' }),
    'deny',
    'an unknown schema is refused',
  ],
  [
    'an index whose key all tenants share',
    query(
      '#s = :s',
      { ':s': 'open' },
      { IndexName: 'byStatus', ExpressionAttributeNames: { '#s': 'status' } },
    ),
    'deny',
    'the shared key is not like TENANT#<tag>#*',
  ],
];

/** Queries under the floor. */
export const QUERY_DECISIONS: readonly Decision[] = ROWS.map(([what, input, verdict, reason]) => ({
  case: `queries ${what}`,
  caller: floor,
  request: ['Query', input],
  verdict,
  reason,
}));
