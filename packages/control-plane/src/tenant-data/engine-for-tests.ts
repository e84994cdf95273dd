import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { TENANT_LEADING_KEYS, tenantItemActions, tenantPartitionKey } from '@granary/auth';
import { type Engine, type EngineCredentials, installEngine, startEngine } from '@granary/local';

export const CONTROL = { account: '222222222222', region: 'us-east-1' };
export const BUCKET = 'granary-archives';
const CALLER = 'granary-control-plane-tenant-data';

export interface Home {
  readonly deploymentId: string;
  readonly account: string;
  readonly region: string;
}

const KEYED = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [TENANT_LEADING_KEYS] },
  Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
};
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** An engine with a control plane's account and deployments as their stacks make them: tables, roles, boundary. */
export class EngineUnderTest {
  private constructor(
    readonly engine: Engine,
    private readonly folder: string,
  ) {}

  static async start(): Promise<EngineUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'granary-tenant-data-'));
    const root = join(__dirname, '..', '..', '..', '..');
    const engine = await startEngine({
      python: await installEngine({ venvFolder: join(root, '.granary', 'venv') }),
      stateFolder: join(folder, 'state'),
      logFile: join(folder, 'engine.log'),
      persist: false,
    });
    return new EngineUnderTest(engine, folder);
  }

  async close(): Promise<void> {
    await this.engine.stop(2_000);
    await rm(this.folder, { recursive: true, force: true });
  }

  root({ account, region }: Pick<Home, 'account' | 'region'>) {
    return this.engine.clientConfig(account, region);
  }

  /** The archive's bucket and key, and credentials of the data function's role. */
  async controlPlane() {
    const config = this.root(CONTROL);
    await new S3Client({ ...config, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: BUCKET }));
    const key = await new KMSClient(config).send(
      new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
    );
    const iam = new IAMClient(config);
    await iam.send(
      new CreateRoleCommand({
        RoleName: CALLER,
        AssumeRolePolicyDocument: document(trusting(CONTROL.account, {})),
      }),
    );
    const roles = `arn:aws:iam::*:role/granary-*-data`;
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: CALLER,
        PolicyName: 'data',
        PolicyDocument: document({
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Resource: roles,
        }),
      }),
    );
    const credentials = await this.assume(CONTROL, CALLER, {});
    return { keyArn: key.KeyMetadata?.Arn as string, credentials };
  }

  /** A table of rows, by partition and sort key. */
  async makeTable(home: Home, TableName: string): Promise<void> {
    const client = new DynamoDBClient(this.root(home));
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      }),
    );
    client.destroy();
  }

  /** A deployment: its tables of rows, the tenants' role under its boundary, the data role. */
  async deploy(home: Home) {
    const { deploymentId, account, region } = home;
    const iam = new IAMClient(this.root(home));
    const tables = { products: `${deploymentId}-products`, orders: `${deploymentId}-orders` };
    for (const name of Object.values(tables)) await this.makeTable(home, name);
    const Resource = Object.values(tables).map(
      (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
    );
    const rows = { Effect: 'Allow', Action: tenantItemActions('TenantAdmin'), Resource, Condition: KEYED };
    const tenantRoleName = `${deploymentId}-tenant`;
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: `${deploymentId}-boundary`, PolicyDocument: document(rows) }),
    );
    const boundary = Policy?.Arn as string;
    await iam.send(
      new CreateRoleCommand({
        RoleName: tenantRoleName,
        AssumeRolePolicyDocument: document(trusting(account, {})),
        PermissionsBoundary: boundary,
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: tenantRoleName,
        PolicyName: 'rows',
        PolicyDocument: document(rows),
      }),
    );
    const RoleName = `granary-${deploymentId}-data`;
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document(
          trusting(CONTROL.account, {
            ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${CONTROL.account}:role/${CALLER}` },
            StringLike: { 'aws:RequestTag/TenantId': '?*' },
          }),
        ),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'data',
        PolicyDocument: document(
          {
            Effect: 'Allow',
            Action: ['dynamodb:Query', 'dynamodb:BatchWriteItem'],
            Resource,
            Condition: KEYED,
          },
          {
            Effect: 'Allow',
            Action: ['iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
            Resource: `arn:aws:iam::${account}:role/${tenantRoleName}`,
            Condition: { ArnEquals: { 'iam:PermissionsBoundary': boundary } },
          },
        ),
      }),
    );
    return { roleArn: `arn:aws:iam::${account}:role/${RoleName}`, tenantRoleName, tables };
  }

  async assume(
    home: Pick<Home, 'account' | 'region'>,
    roleName: string,
    tags: Readonly<Record<string, string>>,
    as: object = {},
  ): Promise<EngineCredentials> {
    const { Credentials } = await new STSClient({ ...this.root(home), ...as }).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${home.account}:role/${roleName}`,
        RoleSessionName: 'test',
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId as string,
      secretAccessKey: Credentials?.SecretAccessKey as string,
      sessionToken: Credentials?.SessionToken as string,
    };
  }

  /** A client as a tenant's requests have it, its credentials given once. */
  async tenantClient(home: Home, tenantId: string): Promise<DynamoDBClient> {
    const credentials = await this.assume(home, `${home.deploymentId}-tenant`, { TenantId: tenantId });
    return new DynamoDBClient({ ...this.root(home), credentials });
  }

  /** Writes rows of a tenant, over four shards. */
  async fill(home: Home, tableName: string, tenantId: string, count: number): Promise<void> {
    const client = new DynamoDBClient(this.root(home));
    const items = Array.from({ length: count }, (_, index) => ({
      pk: { S: tenantPartitionKey(tenantId, index % 4) },
      sk: { S: `PRODUCT#${String(index).padStart(6, '0')}` },
      name: { S: `${tenantId} ${index}` },
      price: { N: '19.99' },
    }));
    for (let at = 0; at < items.length; at += 25)
      await client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [tableName]: items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } })),
          },
        }),
      );
    client.destroy();
  }
}

function trusting(account: string, Condition: object): object {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition,
  };
}
