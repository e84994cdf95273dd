import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Engine } from '../engine';

/** A table of tenants' rows and a role per policy under test, in one account and region. */
export class TenantTable {
  static readonly account = '333333333333';
  static readonly region = 'eu-west-1';
  static readonly arn = `arn:aws:dynamodb:${TenantTable.region}:${TenantTable.account}:table/rows`;

  constructor(private readonly engine: Engine) {}

  get root() {
    return this.engine.clientConfig(TenantTable.account, TenantTable.region);
  }

  async create(): Promise<void> {
    const client = new DynamoDBClient(this.root);
    await client.send(
      new CreateTableCommand({
        TableName: 'rows',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk', 'indexPk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S' as const,
        })),
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byIndexPk',
            KeySchema: [{ AttributeName: 'indexPk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    for (const tenant of ['a', 'a-b', 'b']) {
      const Item = { ...keyOf(tenant), indexPk: { S: `TENANT#${tenant}#index` } };
      await client.send(new PutItemCommand({ TableName: 'rows', Item }));
    }
  }

  /** Makes a role with `policy` that this account's root may assume with tags. */
  async role(name: string, policy: object): Promise<string> {
    const iam = new IAMClient(this.root);
    await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${TenantTable.account}:root` },
              Action: ['sts:AssumeRole', 'sts:TagSession'],
            },
          ],
        }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'rows',
        PolicyDocument: JSON.stringify(policy),
      }),
    );
    return `arn:aws:iam::${TenantTable.account}:role/${name}`;
  }

  /** A client in a session of the role, tagged with the tenant unless that is undefined. */
  async session(
    roleArn: string,
    tenantId: string | undefined,
    inlinePolicy?: object,
  ): Promise<DynamoDBClient> {
    const { Credentials } = await new STSClient(this.root).send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: 'tenant',
        ...(tenantId === undefined ? {} : { Tags: [{ Key: 'TenantId', Value: tenantId }] }),
        ...(inlinePolicy === undefined ? {} : { Policy: JSON.stringify(inlinePolicy) }),
      }),
    );
    return new DynamoDBClient({
      ...this.root,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId as string,
        secretAccessKey: Credentials?.SecretAccessKey as string,
        sessionToken: Credentials?.SessionToken as string,
      },
    });
  }
}

/** The key of a row of the tenant. */
export const keyOf = (tenant: string): Record<string, AttributeValue> => ({
  pk: { S: `TENANT#${tenant}#0` },
  sk: { S: 'row' },
});

const ITEM_ACTIONS = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'BatchGetItem',
  'BatchWriteItem',
  'ConditionCheckItem',
].map((name) => `dynamodb:${name}`);

/** A policy for the table: the actions, the key pattern, and whether an absent key is refused. */
export const rowsPolicy = (
  pattern: string,
  actions: readonly string[] = ITEM_ACTIONS,
  refuseAbsent = true,
) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: actions,
      Resource: [TenantTable.arn, `${TenantTable.arn}/index/*`],
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [pattern] },
        ...(refuseAbsent ? { Null: { 'dynamodb:LeadingKeys': 'false' } } : {}),
      },
    },
  ],
});
