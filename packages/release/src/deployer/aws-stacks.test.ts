import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Engine, installEngine, startEngine } from '@granary/local';
import { templateKey } from '../plan/release-plan';
import { OUTPUTS } from '../testing/fake-stacks';
import { MemoryReleaseTable } from '../testing/memory-release-table';
import { ORDER } from '../testing/order-run';
import { canonicalTemplate } from '../version/template-store';
import { versionsOf } from '../version/versions';
import { AwsStacks } from './aws-stacks';
import type { DeployOrder } from './deploy-order';
import { stepOrder } from './deployer';
import type { Progress } from './progress';

jest.setTimeout(180_000);

const BUCKET = 'granary-versions-222222222222-us-east-1';
const EXECUTION_ROLE = 'arn:aws:iam::222222222222:role/cfn-exec';

let engine: Engine;
let folder: string;
let close: () => void;
let stacks: AwsStacks;
let objects: S3Client;
let rows: DynamoDBClient;
const table = new MemoryReleaseTable();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-deployer-test-'));
  engine = await startEngine({
    python: await installEngine({ venvFolder: join(__dirname, '../../../../.granary/venv') }),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
  });
  const config = engine.clientConfig('222222222222', 'us-east-1');
  const cloudFormation = new CloudFormationClient(config);
  objects = new S3Client({ ...config, forcePathStyle: true });
  rows = new DynamoDBClient(config);
  stacks = new AwsStacks(cloudFormation, EXECUTION_ROLE);
  await objects.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await cloudFormation.send(
    new CreateStackCommand({
      StackName: 'roles',
      TemplateBody: JSON.stringify({ Resources: { Execution: EXECUTION } }),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  while ((await stacks.describe('roles'))?.status !== 'CREATE_COMPLETE') await sleep(20);
  close = () => {
    for (const client of [cloudFormation, objects, rows]) client.destroy();
  };
});
afterAll(async () => {
  close();
  await engine.stop(2_000);
  await rm(folder, { recursive: true, force: true });
});

const EXECUTION = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'cfn-exec',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
  },
};

/** A name that ends in the tenant. */
const joined = (prefix: string) => ({ 'Fn::Join': ['', [prefix, { Ref: 'DeploymentId' }]] });

/** A deployment's template: with the tenant as its parameter's default, or open. */
function template(defaults: { readonly Default?: string }, changes: { key?: string; tag?: string } = {}) {
  const { key = 'pk', tag = 'one' } = changes;
  return JSON.stringify({
    Parameters: { DeploymentId: { Type: 'String', ...defaults } },
    Resources: {
      Rows: {
        Type: 'AWS::DynamoDB::Table',
        DeletionPolicy: 'Retain',
        Properties: {
          TableName: joined('rows-'),
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
          KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        },
      },
      Setting: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Name: joined('/setting/'), Value: tag },
      },
    },
    Outputs: Object.fromEntries(Object.entries(OUTPUTS).map(([name, Value]) => [name, { Value }])),
  });
}

/** Publishes a template and carries an order for it out, without the pauses. */
async function deploy(text: string, changes: Partial<DeployOrder>): Promise<Progress> {
  const { digest, body } = canonicalTemplate(text);
  await objects.send(new PutObjectCommand({ Bucket: BUCKET, Key: templateKey(digest), Body: body }));
  const order: DeployOrder = { ...ORDER, parameters: {}, ...changes, templateDigest: digest };
  for (let progress: Progress | undefined; ; ) {
    progress = await stepOrder(order, progress, {
      stacksIn: () => stacks,
      table,
      invoke: async () => ({
        ok: true,
        payload: {
          deploymentId: order.deploymentId,
          release: order.release,
          tenant: { status: 'active', steps: [] },
        },
      }),
      fetch: async (input) => new Response('{}', { status: String(input).includes('/health/') ? 200 : 401 }),
      now: () => new Date(),
      random: () => 0,
      urlOf: (key) => `https://${BUCKET}.s3.us-east-1.amazonaws.com/${key}`,
    });
    if (progress.status !== 'waiting') return progress;
    await sleep(20);
  }
}

test('a deployment with rows moves from its own template to its tier’s and back in place', async () => {
  const own = template({ Default: 'acme' });
  const tiers = template({});
  expect(await deploy(own, { release: 'aaaaaaa' })).toMatchObject({ status: 'succeeded', changed: true });
  const before = await stacks.describe('granary-acme');
  const key = { pk: { S: 'TENANT#acme#0' } };
  await rows.send(new PutItemCommand({ TableName: 'rows-acme', Item: { ...key, name: { S: 'kept' } } }));
  const read = async () =>
    (await rows.send(new GetItemCommand({ TableName: 'rows-acme', Key: key }))).Item?.name?.S;

  const moved = await deploy(tiers, {
    release: 'bbbbbbb',
    parameters: { DeploymentId: 'acme' },
    purpose: 'move',
  });
  expect(moved.reason).toBeUndefined();
  expect(moved.status).toBe('succeeded');
  expect(await read()).toBe('kept');
  expect((await stacks.describe('granary-acme'))?.stackId).toBe(before?.stackId);

  expect((await deploy(own, { release: 'ccccccc', purpose: 'move' })).status).toBe('succeeded');
  expect(await read()).toBe('kept');
  expect((await versionsOf(table, 'acme')).map(({ release, result }) => `${release} ${result}`)).toEqual([
    'ccccccc succeeded',
    'bbbbbbb succeeded',
    'aaaaaaa succeeded',
  ]);
});

test('what is deployed already is a success without a change', async () => {
  const text = template({ Default: 'globex' });
  const order = { deploymentId: 'globex', stackName: 'granary-globex' };
  await deploy(text, order);
  expect(await deploy(text, order)).toMatchObject({ status: 'succeeded', changed: false });
});

test('a template that replaces a table is refused by the change set, with the table’s name', async () => {
  const order = { deploymentId: 'initech', stackName: 'granary-initech' };
  await deploy(template({ Default: 'initech' }), order);
  const refused = await deploy(template({ Default: 'initech' }, { key: 'id' }), order);
  expect(refused.status).toBe('failed');
  expect(refused.reason).toMatch(/Rows \(AWS::DynamoDB::Table, Modify\)/);
});

test('a template that CloudFormation cannot make fails with its reason, and the next one mends the stack', async () => {
  await deploy(template({ Default: 'hooli' }), { deploymentId: 'hooli', stackName: 'granary-hooli' });
  const order = { deploymentId: 'umbrella', stackName: 'granary-umbrella' };
  // The table of that name is the other stack's.
  const failed = await deploy(template({ Default: 'hooli' }), order);
  expect(failed.status).toBe('failed');
  expect(failed.reason).toMatch(/exist/);
  expect((await deploy(template({ Default: 'umbrella' }), order)).status).toBe('succeeded');
});
