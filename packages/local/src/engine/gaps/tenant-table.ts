import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Engine } from '../engine';
import type { EngineCredentials } from '../engine-client';

/** A table of tenants' rows and a role per policy under test, in one account and region. */
export class TenantTable {
  static readonly account = '333333333333';
  static readonly region = 'eu-west-1';
  static readonly arn = `arn:aws:dynamodb:${TenantTable.region}:${TenantTable.account}:table/rows`;
  /** A second table, for those who delete one. */
  static readonly doomedArn = `arn:aws:dynamodb:${TenantTable.region}:${TenantTable.account}:table/doomed`;

  constructor(private readonly engine: Engine) {}

  get root() {
    return this.engine.clientConfig(TenantTable.account, TenantTable.region);
  }

  async create(): Promise<void> {
    const client = new DynamoDBClient(this.root);
    for (const TableName of ['rows', 'doomed']) {
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: ['pk', 'sk', 'indexPk', 'status'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S' as const,
          })),
          GlobalSecondaryIndexes: [
            // The key of the first holds the tenant; that of the second is shared by all.
            ['byIndexPk', 'indexPk'] as const,
            ['byStatus', 'status'] as const,
          ].map(([IndexName, AttributeName]) => ({
            IndexName,
            KeySchema: [{ AttributeName, KeyType: 'HASH' as const }],
            Projection: { ProjectionType: 'ALL' as const },
          })),
        }),
      );
    }
    for (const tenant of ['a', 'a-b', 'b']) {
      const Item = {
        ...keyOf(tenant),
        indexPk: { S: `TENANT#${tenant}#index` },
        status: { S: 'open' },
      };
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

  /** A session of the role. Negative `seconds` give one that has ended, which AWS would refuse to give. */
  async session(
    roleArn: string,
    tags: Readonly<Record<string, string>>,
    inlinePolicy?: object,
    seconds = 900,
  ): Promise<EngineCredentials> {
    const { Credentials } = await new STSClient(this.root).send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: 'tenant',
        DurationSeconds: seconds,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ...(inlinePolicy === undefined ? {} : { Policy: JSON.stringify(inlinePolicy) }),
      }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId as string,
      secretAccessKey: Credentials?.SecretAccessKey as string,
      sessionToken: Credentials?.SessionToken as string,
    };
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
  resources: readonly string[] = [TenantTable.arn, `${TenantTable.arn}/index/*`],
) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [pattern] },
        ...(refuseAbsent ? { Null: { 'dynamodb:LeadingKeys': 'false' } } : {}),
      },
    },
  ],
});
