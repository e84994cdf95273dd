import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { sessionPolicy, TENANT_LEADING_KEYS, tenantItemActions } from '@granary/auth';
import type { EngineCredentials } from '@granary/local';
import { BenchError } from '../bench-error';

export const ACCOUNT = '222222222222';
export const REGION = 'us-east-1';
export const TABLE = 'rows';
export const KEY = { pk: { S: 'TENANT#acme#0' }, sk: { S: 'PRODUCT#1' } };

type Config = ConstructorParameters<typeof DynamoDBClient>[0] & object;

/** Makes the table with one row of tenant acme. */
export async function createTable(config: Config): Promise<void> {
  const client = new DynamoDBClient(config);
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
    }),
  );
  await client.send(new PutItemCommand({ TableName: TABLE, Item: KEY }));
  client.destroy();
}

/** A session of a role of the account; `tagged` makes it a tenant's: tag, LeadingKeys, inline policy. */
export async function session(config: Config, tagged: boolean): Promise<EngineCredentials> {
  const iam = new IAMClient(config as never);
  const RoleName = tagged ? 'tenant' : 'plain';
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  };
  const condition = {
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [TENANT_LEADING_KEYS] },
      Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
    },
  };
  const allow = {
    Effect: 'Allow',
    Action: tenantItemActions('TenantAdmin'),
    Resource: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${TABLE}`,
    ...(tagged ? condition : {}),
  };
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'rows', PolicyDocument: document(allow) }));
  const { Credentials: given } = await new STSClient(config as never).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/${RoleName}`,
      RoleSessionName: 'bench',
      ...(tagged ? { Policy: sessionPolicy('TenantAdmin'), Tags: [{ Key: 'TenantId', Value: 'acme' }] } : {}),
    }),
  );
  iam.destroy();
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
    throw new BenchError('the engine gave no session');
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
}
