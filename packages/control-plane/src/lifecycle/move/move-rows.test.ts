import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoUserRows, tenantPartitionKey, type UserRows, userPartition } from '@granary/auth';
import { MoveWorld, REQUEST, TO_SILO } from '../../rehearsal/move-world';
import { tenantDataOpener } from '../../tenant-data/deployment-data';
import { BUCKET, CONTROL, EngineUnderTest, type Home } from '../../tenant-data/engine-for-tests';
import { KmsSigner } from '../../tenant-data/kms-signer';
import { timeInSlices } from '../../tenant-data/rows-for-tests';
import { S3ArchiveStore } from '../../tenant-data/s3-archive-store';
import { TenantDataService } from '../../tenant-data/tenant-data-service';
import { freezePolicyName } from '../../tenant-data/write-gate';
import { cancelOperation, confirmOperation } from '../../workflow/change-operation';
import { changeTier } from '../request-change';

jest.setTimeout(120_000);

const POOL: Home = { deploymentId: 'pool-us', account: '222222222222', region: 'us-east-1' };
const SILO: Home = { deploymentId: 'hooli', account: '333333333333', region: 'eu-west-1' };
const ROWS = 60;

let cloud: EngineUnderTest;
let world: MoveWorld;
let endpoint: string | undefined;
/** The directories of users, by deployment. */
const directories = new Map<string, UserRows>();

beforeAll(async () => {
  cloud = await EngineUnderTest.start();
  // The opened deployments' clients find the engine as functions do.
  endpoint = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = cloud.engine.endpoint;
  const { keyArn, credentials } = await cloud.controlPlane();
  const [pool, silo] = [await cloud.deploy(POOL), await cloud.deploy(SILO)];
  world = new MoveWorld([], { pool: { ...POOL, data: pool }, silo: { ...SILO, data: silo } });
  for (const home of [POOL, SILO]) directories.set(home.deploymentId, await directoryIn(home));
  const service = new TenantDataService({
    table: world.dependencies.table,
    open: tenantDataOpener(new STSClient({ ...cloud.root(CONTROL), credentials }), 'granary-tenant-data'),
    store: new S3ArchiveStore(new S3Client({ ...cloud.root(CONTROL), forcePathStyle: true }), BUCKET),
    signer: new KmsSigner(new KMSClient(cloud.root(CONTROL)), keyArn),
    tierShards: { basic: 4, platinum: 9 },
    settleSeconds: async () => 0,
    now: () => new Date(),
  });
  Object.assign(world.dependencies.ports, {
    rows: { slice: (request: never) => service.run(request, timeInSlices(25)) },
    users: ({ deploymentId }: Home) => ({
      rowsOf: () => directories.get(deploymentId),
      accounts: world.peopleAt(deploymentId).accounts,
    }),
  });
  await world.open('pool');
  await cloud.fill(POOL, 'pool-us-products', 'hooli', ROWS);
  await cloud.fill(POOL, 'pool-us-products', 'initech', ROWS);
});

afterAll(async () => {
  if (endpoint === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = endpoint;
  await cloud.close();
});

async function directoryIn(home: Home): Promise<UserRows> {
  const TableName = `${home.deploymentId}-users`;
  await cloud.makeTable(home, TableName);
  const client = new DynamoDBClient(cloud.root(home));
  return dynamoUserRows(DynamoDBDocumentClient.from(client), TableName, userPartition('hooli'));
}

async function count({ deploymentId, ...place }: Home, tenantId: string): Promise<number> {
  const client = new DynamoDBClient(cloud.root({ ...place }));
  const counts = await Promise.all(
    Array.from({ length: 64 }, async (_, shard) => {
      const key = { ':pk': { S: tenantPartitionKey(tenantId, shard) } };
      const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: key };
      const TableName = `${deploymentId}-products`;
      return (await client.send(new QueryCommand({ TableName, ...query }))).Count ?? 0;
    }),
  );
  client.destroy();
  return counts.reduce((sum, each) => sum + each, 0);
}

async function put(client: DynamoDBClient, { deploymentId }: Home, id: string): Promise<void> {
  const Item = { pk: { S: tenantPartitionKey('hooli', 0) }, sk: { S: `PRODUCT#${id}` } };
  await client.send(new PutItemCommand({ TableName: `${deploymentId}-products`, Item }));
}

async function isFrozen(home: Home): Promise<boolean> {
  const policy = { RoleName: `${home.deploymentId}-tenant`, PolicyName: freezePolicyName('hooli') };
  return new IAMClient(cloud.root(home)).send(new GetRolePolicyCommand(policy)).then(
    () => true,
    () => false,
  );
}

/** Comes to where the source is kept. */
async function cutOver(): Promise<string> {
  const { operationId } = await changeTier(REQUEST, TO_SILO, world.dependencies);
  await world.machine.run(operationId);
  await world.release();
  expect(await world.machine.run(operationId)).toBe('waiting');
  return operationId;
}

test('rows and people go to another account, back by a cancellation, and there for good', async () => {
  const writer = await cloud.tenantClient(POOL, 'hooli');
  const first = await cutOver();
  expect([await count(POOL, 'hooli'), await count(SILO, 'hooli')]).toEqual([ROWS, ROWS]);
  // The session is older than the move, and nobody can take its credentials back.
  await expect(put(writer, POOL, 'lost')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await put(await cloud.tenantClient(SILO, 'hooli'), SILO, 'later');
  expect((await directories.get('hooli')?.page(10))?.rows).toHaveLength(2);

  await cancelOperation(first, world.dependencies);
  await world.machine.run(first);
  expect(await world.status(first)).toBe('compensated');
  expect([await count(POOL, 'hooli'), await count(SILO, 'hooli')]).toEqual([ROWS + 1, 0]);
  expect([await isFrozen(POOL), await isFrozen(SILO)]).toEqual([false, false]);
  expect((await directories.get('hooli')?.page(10))?.rows).toEqual([]);
  await put(writer, POOL, 'again');

  const second = await cutOver();
  await confirmOperation(second, world.dependencies);
  await world.machine.run(second);
  expect(await world.status(second)).toBe('succeeded');
  expect([await count(POOL, 'hooli'), await count(SILO, 'hooli')]).toEqual([0, ROWS + 2]);
  expect(await count(POOL, 'initech')).toBe(ROWS);
  expect([await isFrozen(POOL), await isFrozen(SILO)]).toEqual([false, false]);
  expect((await directories.get('pool-us')?.page(10))?.rows).toEqual([]);
  expect((await directories.get('hooli')?.page(10))?.rows).toMatchObject([
    { userName: 'gavin@hooli.example', role: 'TenantAdmin', counted: true },
    { userName: 'tom@hooli.example', role: 'TenantUser', enabled: false },
  ]);
});
