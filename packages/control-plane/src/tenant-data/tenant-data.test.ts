import { DynamoDBClient, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { tenantPartitionKey } from '@granary/auth';
import { deploymentCodec } from '../deployment/deployment-record';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { tenantDataOpener } from './deployment-data';
import { BUCKET, CONTROL, EngineUnderTest, type Home } from './engine-for-tests';
import { KmsSigner } from './kms-signer';
import { readReceipt } from './receipt';
import { timeInSlices } from './rows-for-tests';
import { S3ArchiveStore } from './s3-archive-store';
import { TenantDataMismatchError, TenantDataRefusedError } from './tenant-data-error';
import type { TenantDataRequest } from './tenant-data-request';
import { TenantDataService } from './tenant-data-service';

jest.setTimeout(120_000);

const POOL: Home = { deploymentId: 'pool-us', account: '222222222222', region: 'us-east-1' };
const SILO: Home = { deploymentId: 'acme', account: '333333333333', region: 'eu-west-1' };
const ROWS = 120;

let cloud: EngineUnderTest;
let service: TenantDataService;
let store: S3ArchiveStore;
let signer: KmsSigner;
let as: object;
let endpoint: string | undefined;

beforeAll(async () => {
  cloud = await EngineUnderTest.start();
  // The opened deployments' clients find the engine as functions do.
  endpoint = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = cloud.engine.endpoint;
  const { keyArn, credentials } = await cloud.controlPlane();
  as = { credentials };
  const table = new MemoryControlTable();
  for (const home of [POOL, SILO]) {
    const data = await cloud.deploy(home);
    const record = {
      ...home,
      kind: home === POOL ? ('pool' as const) : ('silo' as const),
      wave: 'pools',
      release: 'abcdef0',
      apiUrl: 'https://api.example.com/live',
      userPoolId: `${home.region}_pool`,
      userPoolClientId: 'client',
      provisioningRoleArn: `arn:aws:iam::${home.account}:role/provision`,
      tenantTableName: 'tenants',
      usagePlanIds: { basic: 'plan' },
      data,
      firstDeployedAt: '2026-01-02T03:04:05.000Z',
      deployedAt: '2026-01-02T03:04:05.000Z',
      tenants: 0,
      revision: 1,
    };
    await table.write([{ type: 'put', item: deploymentCodec.encode(record), expect: { kind: 'absent' } }]);
  }
  for (const tenantId of ['globex', 'globex-2', 'hooli', 'initech'])
    await cloud.fill(POOL, 'pool-us-products', tenantId, ROWS);
  store = new S3ArchiveStore(new S3Client({ ...cloud.root(CONTROL), forcePathStyle: true }), BUCKET);
  signer = new KmsSigner(new KMSClient(cloud.root(CONTROL)), keyArn);
  service = new TenantDataService({
    table,
    open: tenantDataOpener(new STSClient({ ...cloud.root(CONTROL), ...as }), 'granary-tenant-data'),
    store,
    signer,
    tierShards: { basic: 4, platinum: 9 },
    settleSeconds: async () => 0,
    now: () => new Date(),
  });
});

afterAll(async () => {
  if (endpoint === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = endpoint;
  await cloud.close();
});

/** Slice after slice, as the state machine does. */
async function run(request: TenantDataRequest, nth = 1_000_000): Promise<Record<string, unknown>> {
  const time = timeInSlices(nth);
  let cursor: unknown;
  for (;;) {
    const slice = await service.run({ ...request, ...(cursor === undefined ? {} : { cursor }) }, time);
    if (slice.done) return slice.result as Record<string, unknown>;
    cursor = JSON.parse(JSON.stringify(slice.cursor));
  }
}

async function countOf(home: Home, table: string, tenantId: string): Promise<number> {
  const client = new DynamoDBClient(cloud.root(home));
  const counts = await Promise.all(
    Array.from({ length: 64 }, async (_, shard) => {
      const key = { ':pk': { S: tenantPartitionKey(tenantId, shard) } };
      const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: key };
      return (await client.send(new QueryCommand({ TableName: table, ...query }))).Count ?? 0;
    }),
  );
  client.destroy();
  return counts.reduce((sum, count) => sum + count, 0);
}

const put = (client: DynamoDBClient, tenantId: string, id: string) =>
  client.send(
    new PutItemCommand({
      TableName: 'pool-us-products',
      Item: { pk: { S: tenantPartitionKey(tenantId, 0) }, sk: { S: `PRODUCT#${id}` }, late: { BOOL: true } },
    }),
  );

test('a tenant moves from a pool to a silo, frozen writes and all, and leaves nothing behind', async () => {
  const named = { tenantId: 'globex', operationId: 'move-1' };
  const between = { ...named, from: 'pool-us', to: 'acme' };
  const copy = { ...between, action: 'copy', tier: 'platinum' } as const;
  const [writer, neighbour] = [
    await cloud.tenantClient(POOL, 'globex'),
    await cloud.tenantClient(POOL, 'globex-2'),
  ];
  expect(await run(copy, 50)).toMatchObject({ rows: ROWS, put: ROWS, deleted: 0 });
  await put(writer, 'globex', 'late');
  await run({ ...named, action: 'freeze', deploymentId: 'pool-us' });
  // The session is as old as the test: nobody could take its credentials back.
  await expect(put(writer, 'globex', 'too-late')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('explicit deny in an identity-based policy'),
  });
  await put(neighbour, 'globex-2', 'meanwhile');
  expect(await run(copy)).toMatchObject({ rows: ROWS + 1, put: 1, deleted: 0 });
  const { rows, digest } = await run({ ...between, action: 'verify' }, 40);
  expect(rows).toBe(ROWS + 1);
  const purge = { ...named, action: 'purge', deploymentId: 'pool-us' } as const;
  const { receiptKey } = await run({ ...purge, expected: { rows, digest } as never }, 50);
  expect(receiptKey).toBe('receipts/globex/move-1/pool-us.json');
  expect(await readReceipt({ store, signer }, purge)).toMatchObject({ rows, digest, tenantId: 'globex' });
  expect(await countOf(POOL, 'pool-us-products', 'globex')).toBe(0);
  expect(await countOf(POOL, 'pool-us-products', 'globex-2')).toBe(ROWS + 1);
  expect(await countOf(SILO, 'acme-products', 'globex')).toBe(ROWS + 1);
  expect(await run({ ...named, action: 'thaw', deploymentId: 'pool-us' })).toEqual({ thawed: true });
  await put(writer, 'globex', 'thawed');
  for (const client of [writer, neighbour]) client.destroy();
});

test('an archive holds what was there, and tells when somebody changed it', async () => {
  const named = { tenantId: 'hooli', operationId: 'leave-1', deploymentId: 'pool-us' };
  await expect(run({ ...named, action: 'export' })).rejects.toThrow(TenantDataRefusedError);
  await run({ ...named, action: 'freeze' });
  const exported = await run({ ...named, action: 'export' });
  const verified = await run({ ...named, action: 'verify-export' });
  expect(verified).toEqual({ rows: ROWS, digest: exported.digest });
  const forged = JSON.parse(Buffer.from(await store.get(exported.manifestKey as string)).toString());
  await new S3Client({ ...cloud.root(CONTROL), forcePathStyle: true }).send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: exported.manifestKey as string,
      Body: JSON.stringify({ ...forged, rows: 1 }),
    }),
  );
  await expect(run({ ...named, action: 'verify-export' })).rejects.toThrow(TenantDataMismatchError);
});

test('a purge needs a freeze of its own operation, and one operation cannot end another one’s freeze', async () => {
  const named = { tenantId: 'initech', deploymentId: 'pool-us' };
  const first = { ...named, operationId: 'op-1' };
  const second = { ...named, operationId: 'op-2' };
  await expect(run({ ...first, action: 'purge' })).rejects.toThrow('freeze it first');
  await run({ ...first, action: 'freeze' });
  await run({ ...first, action: 'freeze' });
  for (const action of ['freeze', 'thaw', 'purge'] as const)
    await expect(run({ ...second, action })).rejects.toThrow(TenantDataRefusedError);
  expect(await run({ ...first, action: 'thaw' })).toEqual({ thawed: true });
  expect(await run({ ...first, action: 'thaw' })).toEqual({ thawed: false });
  expect(await countOf(POOL, 'pool-us-products', 'initech')).toBe(ROWS);
});

test('the data role reaches the rows of its session’s tenant and no others, and no role but the tenants’', async () => {
  const tags = { TenantId: 'initech' };
  const credentials = await cloud.assume(POOL, 'granary-pool-us-data', tags, as);
  const client = new DynamoDBClient({ ...cloud.root(POOL), credentials });
  const query = (tenantId: string) =>
    client.send(
      new QueryCommand({
        TableName: 'pool-us-products',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: tenantPartitionKey(tenantId, 0) } },
      }),
    );
  expect((await query('initech')).Count).toBeGreaterThan(0);
  const denied = { name: 'AccessDeniedException' };
  await expect(query('hooli')).rejects.toMatchObject(denied);
  await expect(client.send(new ScanCommand({ TableName: 'pool-us-products' }))).rejects.toMatchObject(denied);
  await expect(cloud.assume(POOL, 'granary-pool-us-data', {}, as)).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  const iam = new IAMClient({ ...cloud.root(POOL), credentials });
  const everything = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }],
  });
  const give = (RoleName: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'wide', PolicyDocument: everything }));
  await expect(give('granary-pool-us-data')).rejects.toMatchObject({ name: 'AccessDenied' });
  // It may give the tenants' role a policy; the boundary keeps that from widening anything.
  await give('pool-us-tenant');
  const tenant = await cloud.tenantClient(POOL, 'initech');
  await expect(tenant.send(new ScanCommand({ TableName: 'pool-us-products' }))).rejects.toMatchObject(denied);
  for (const each of [client, iam, tenant]) each.destroy();
});
