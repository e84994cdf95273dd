import * as dynamodb from '@aws-sdk/client-dynamodb';
import type { EngineCredentials } from '@granary/local';
import { sdkAnswer } from '../answer';
import type { Attempt } from '../attempt';
import { type Field, strangersTo, type TenantField } from '../field/field';

const KIND = "scoped credentials: DynamoDB's operations";

/** A command of the SDK without `Command`, and its input. */
export type Operation = readonly [name: string, input: Record<string, unknown>];

const S = (value: string) => ({ S: value });

/** A key in the first shard of a tenant's rows. */
export const rowKey = (tenantId: string, sort: string) => ({ pk: S(`TENANT#${tenantId}#0`), sk: S(sort) });

/** Every operation that reaches for rows of another tenant, in a table by any of its names. */
export function foreignOperations(
  TableName: string,
  self: string,
  victim: string,
  sort: string,
): Operation[] {
  const own = rowKey(self, 'PRODUCT#attack');
  const foreign = rowKey(victim, sort);
  const byKey = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': foreign.pk } };
  const legacy = { pk: { ComparisonOperator: 'EQ', AttributeValueList: [foreign.pk] } };
  const name = TableName.startsWith('arn:') ? TableName.split('/')[1] : TableName;
  const statement = `SELECT * FROM "${name}" WHERE pk = '${foreign.pk.S}'`;
  const never = { ConditionExpression: 'attribute_exists(never)' };
  return [
    ['GetItem', { TableName, Key: foreign }],
    [
      'GetItem',
      { TableName, Key: foreign, ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'name' } },
    ],
    ['PutItem', { TableName, Item: foreign, ...never }],
    ['UpdateItem', { TableName, Key: foreign, ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...never }],
    ['DeleteItem', { TableName, Key: foreign, ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...never }],
    ['Query', { TableName, ...byKey }],
    ['Query', { TableName, ...byKey, Select: 'COUNT' }],
    ['Query', { TableName, KeyConditions: legacy }],
    [
      'Query',
      { TableName, ...byKey, KeyConditionExpression: '#k = :pk', ExpressionAttributeNames: { '#k': 'pk' } },
    ],
    ['Query', { TableName, ...byKey, IndexName: 'any' }],
    ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [foreign] } } }],
    ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [own, foreign] } } }],
    [
      'BatchWriteItem',
      { RequestItems: { [TableName]: [{ PutRequest: { Item: own } }, { DeleteRequest: { Key: foreign } }] } },
    ],
    ['BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: foreign } }] } }],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key: foreign } }] }],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName, Key: own } }, { Get: { TableName, Key: foreign } }] },
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName, Item: own } }, { Put: { TableName, Item: foreign } }] },
    ],
    ['TransactWriteItems', { TransactItems: [{ Delete: { TableName, Key: foreign } }] }],
    [
      'TransactWriteItems',
      { TransactItems: [{ Update: { TableName, Key: foreign, UpdateExpression: 'SET a = pk' } }] },
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { ConditionCheck: { TableName, Key: foreign, ConditionExpression: 'attribute_exists(pk)' } },
        ],
      },
    ],
    ['Scan', { TableName }],
    ['Scan', { TableName, Segment: 0, TotalSegments: 2 }],
    ['ExecuteStatement', { Statement: statement }],
    ['BatchExecuteStatement', { Statements: [{ Statement: statement }] }],
    ['ExecuteTransaction', { TransactStatements: [{ Statement: statement }] }],
  ];
}

/** Operations on tables, which no tenant may use. */
function tableOperations(TableName: string, TableArn: string): Operation[] {
  return [
    ['ListTables', {}],
    ['DescribeTable', { TableName }],
    ['DescribeContinuousBackups', { TableName }],
    ['DescribeTimeToLive', { TableName }],
    ['UpdateTable', { TableName, DeletionProtectionEnabled: false }],
    ['UpdateTimeToLive', { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'name' } }],
    [
      'UpdateContinuousBackups',
      { TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
    ],
    ['DeleteTable', { TableName }],
    [
      'CreateTable',
      {
        TableName: 'mine',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    ],
    ['CreateBackup', { TableName, BackupName: 'mine' }],
    ['ListBackups', {}],
    ['ExportTableToPointInTime', { TableArn, S3Bucket: 'mine' }],
    [
      'RestoreTableToPointInTime',
      { SourceTableName: TableName, TargetTableName: 'mine', UseLatestRestorableTime: true },
    ],
    ['TagResource', { ResourceArn: TableArn, Tags: [{ Key: 'a', Value: 'b' }] }],
    ['PutResourcePolicy', { ResourceArn: TableArn, Policy: '{}' }],
    [
      'EnableKinesisStreamingDestination',
      { TableName, StreamArn: 'arn:aws:kinesis:us-east-1:111111111111:stream/a' },
    ],
  ];
}

/** Sends operations with a session's credentials, outside of the application. */
export function direct(
  field: Field,
  who: string,
  tenantId: string,
  region: string,
  credentials: EngineCredentials,
  operations: readonly Operation[],
  expected: Attempt['expected'] = 'refused',
  kind = KIND,
): Attempt[] {
  const client = new dynamodb.DynamoDBClient({
    endpoint: field.cloud.endpoint,
    region,
    credentials,
    maxAttempts: 1,
  });
  return operations.map(([name, input]) => {
    const Command = (dynamodb as never as Record<string, new (input: object) => dynamodb.GetItemCommand>)[
      `${name}Command`
    ];
    if (!Command) throw new Error(`the SDK has no command ${name}`);
    const run = () => sdkAnswer('IAM', client.send(new Command(input)));
    return { kind, name: `${who}: ${name} ${JSON.stringify(input).slice(0, 120)}`, expected, tenantId, run };
  });
}

/** The tenants' own credentials against the rows of others, of their own and against everybody's tables. */
export function dynamodbAttempts(field: Field): Attempt[] {
  return field.tenants.flatMap((tenant) => [
    ...controls(field, tenant),
    ...strangersTo(field, tenant).flatMap((victim) => against(field, tenant, victim)),
    ...tables(field, tenant),
  ]);
}

function controls(field: Field, { tenantId, deployment, sessions }: TenantField): Attempt[] {
  const { productTable: TableName, region } = deployment;
  const key = rowKey(tenantId, 'PRODUCT#attack');
  const reads: Operation[] = [
    ['GetItem', { TableName, Key: key }],
    [
      'Query',
      { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': key.pk } },
    ],
    ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [key] } } }],
  ];
  const deletes: Operation[] = [
    ['DeleteItem', { TableName, Key: key }],
    ['BatchWriteItem', { RequestItems: { [TableName]: [{ DeleteRequest: { Key: key } }] } }],
    ['TransactWriteItems', { TransactItems: [{ Delete: { TableName, Key: key } }] }],
  ];
  return [
    ...direct(
      field,
      `${tenantId}'s admin`,
      tenantId,
      region,
      sessions.admin,
      [...reads, ...deletes],
      'served',
    ),
    ...direct(field, `${tenantId}'s user`, tenantId, region, sessions.user, reads, 'served'),
    ...direct(field, `${tenantId}'s user`, tenantId, region, sessions.user, deletes),
  ];
}

function against(field: Field, tenant: TenantField, victim: TenantField): Attempt[] {
  const { account, region } = victim.deployment;
  const sort = (name: string, id: string | undefined) => `${name}#${id}`;
  const targets = [
    [victim.deployment.productTable, sort('PRODUCT', victim.products[0])],
    [victim.deployment.orderTable, sort('ORDER', victim.orders[0])],
  ] as const;
  return targets.flatMap(([table, row]) =>
    [table, `arn:aws:dynamodb:${region}:${account}:table/${table}`].flatMap((name) =>
      (['admin', 'user'] as const).flatMap((who) =>
        direct(
          field,
          `${tenant.tenantId}'s ${who} at ${victim.tenantId}`,
          tenant.tenantId,
          region,
          tenant.sessions[who],
          foreignOperations(name, tenant.tenantId, victim.tenantId, row),
        ),
      ),
    ),
  );
}

function tables(field: Field, { tenantId, deployment, sessions }: TenantField): Attempt[] {
  const { account, region, productTable, tenantTable } = deployment;
  const arn = (table: string) => `arn:aws:dynamodb:${region}:${account}:table/${table}`;
  const directory: Operation[] = [
    ['GetItem', { TableName: tenantTable, Key: { tenantId: S(tenantId) } }],
    ['UpdateItem', { TableName: tenantTable, Key: { tenantId: S(tenantId) } }],
    ['Scan', { TableName: tenantTable }],
  ];
  return (['admin', 'user'] as const).flatMap((who) =>
    direct(field, `${tenantId}'s ${who}`, tenantId, region, sessions[who], [
      ...tableOperations(productTable, arn(productTable)),
      ...directory,
    ]),
  );
}
