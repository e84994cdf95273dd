import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListArchivesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { EngineClientConfig } from '../engine-client';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
let outputs: Record<string, string>;
const home = () => running.engine.clientConfig('222222222222', 'us-east-1');
const BUS = 'arn:aws:events:us-east-1:222222222222:event-bus/planes';

/** Fails the record `b` once, and tells by the queue what it was given. */
const CODE = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const client = new SQSClient({});
let failed = false;
exports.handler = async ({ Records }) => {
  const names = Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
  await client.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: JSON.stringify(names) }));
  const bad = failed ? undefined : Records.find(({ dynamodb }) => dynamodb.Keys.pk.S === 'b');
  if (bad) failed = true;
  return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb.SequenceNumber }] : [] };
};`;

const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const table = (more: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...more,
  },
});

beforeAll(async () => {
  running = await engineForTests();
  outputs = await deployStack(home(), 'planes', {
    Resources: {
      Role: role({ Service: 'lambda.amazonaws.com' }, [
        { Effect: 'Allow', Action: ['sqs:SendMessage', 'dynamodb:*'], Resource: '*' },
      ]),
      Writer: role({ AWS: '222222222222' }, [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }]),
      Other: role({ AWS: '222222222222' }, [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }]),
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'planes' } },
      Policy: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          StatementId: 'Cells',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::333333333333:root' },
            Action: 'events:PutEvents',
            Resource: arn('Bus'),
            Condition: { StringEquals: { 'events:source': 'cell' } },
          },
        },
      },
      Archive: {
        Type: 'AWS::Events::Archive',
        Properties: { SourceArn: arn('Bus'), RetentionDays: 3, EventPattern: { source: ['cell'] } },
      },
      Queue: { Type: 'AWS::SQS::Queue' },
      Seen: { Type: 'AWS::SQS::Queue' },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['cell'] },
          Targets: [{ Id: 'queue', Arn: arn('Queue') }],
        },
      },
      Guarded: table({
        ResourcePolicy: {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 'dynamodb:PutItem',
                Resource: '*',
                Condition: { StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
              },
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 'dynamodb:PutItem',
                Resource: '*',
                Condition: { ArnNotEquals: { 'aws:PrincipalArn': arn('Writer') } },
              },
            ],
          },
        },
      }),
      Source: table({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
      Function: inlineFunction(CODE, { Environment: { Variables: { QUEUE: { Ref: 'Seen' } } } }),
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Source', 'StreamArn'] },
          FunctionName: { Ref: 'Function' },
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
      Locked: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          ObjectLockEnabled: true,
          ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2 } } },
        },
      },
    },
    Outputs: {
      Queue: { Ref: 'Queue' },
      Seen: { Ref: 'Seen' },
      Guarded: { Ref: 'Guarded' },
      Source: { Ref: 'Source' },
      Locked: { Ref: 'Locked' },
      Writer: arn('Writer'),
      Other: arn('Other'),
    },
  });
  const elsewhere = running.engine.clientConfig('333333333333', 'eu-west-1');
  const { Cell } = await deployStack(elsewhere, 'cell', {
    Resources: {
      Cell: role({ AWS: '333333333333' }, [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS }]),
    },
    Outputs: { Cell: arn('Cell') },
  });
  cell = await session(elsewhere, Cell as string, 'us-east-1');
});
afterAll(() => running.close());

let cell: EngineClientConfig;

async function session(
  from: EngineClientConfig,
  RoleArn: string,
  region: string,
): Promise<EngineClientConfig> {
  const { Credentials: given } = await new STSClient(from).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }),
  );
  return {
    endpoint: from.endpoint,
    region,
    credentials: {
      accessKeyId: given?.AccessKeyId as string,
      secretAccessKey: given?.SecretAccessKey as string,
      sessionToken: given?.SessionToken as string,
    },
  };
}

const put = (config: EngineClientConfig, ...sources: string[]) =>
  new EventBridgeClient(config).send(
    new PutEventsCommand({
      Entries: sources.map((Source) => ({
        EventBusName: BUS,
        Source,
        DetailType: 'told',
        Detail: '{"a":1}',
      })),
    }),
  );

async function messages(QueueUrl: string | undefined, count: number): Promise<string[]> {
  const found: string[] = [];
  const sqs = new SQSClient(home());
  for (const end = Date.now() + 30_000; found.length < count && Date.now() < end; await sleep(50)) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    found.push(...Messages.map(({ Body }) => Body ?? ''));
  }
  return found;
}

test('an event of another account is delivered by the rules of the bus, as the bus’s policy admits it', async () => {
  expect(await put(cell, 'cell')).toMatchObject({ FailedEntryCount: 0 });
  const [event] = await messages(outputs.Queue, 1);
  expect(JSON.parse(event ?? '{}')).toMatchObject({ source: 'cell', detail: { a: 1 } });
});

test.each([[['control-plane']], [['cell', 'control-plane']]])(
  'a source that the policy does not admit is refused: %j',
  async (sources) => {
    await expect(put(cell, ...sources)).rejects.toThrow(/not authorized/i);
  },
);

test('an archive is made by a stack', async () => {
  const { Archives } = await new EventBridgeClient(home()).send(new ListArchivesCommand({}));
  expect(Archives).toMatchObject([{ EventSourceArn: BUS, RetentionDays: 3, State: 'ENABLED' }]);
});

test('a table’s policy denies what a role’s policy allows', async () => {
  const dynamodb = new DynamoDBClient(await session(home(), outputs.Writer as string, 'us-east-1'));
  const write = (TableName: string | undefined) =>
    dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'x' } } }));
  await expect(write(outputs.Source)).resolves.toBeDefined();
  await expect(write(outputs.Guarded)).rejects.toThrow(/not authorized/i);
});

test('a table’s policy that names its one writer lets it write, and nobody else', async () => {
  const write = async (role: string | undefined) => {
    const dynamodb = new DynamoDBClient(await session(home(), role as string, 'us-east-1'));
    const put = { Put: { TableName: outputs.Guarded, Item: { pk: { S: role as string } } } };
    return dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
  };
  await expect(write(outputs.Writer)).resolves.toBeDefined();
  await expect(write(outputs.Other)).rejects.toThrow(/not authorized/i);
});

test('the records behind one that failed come again, those before it do not', async () => {
  const requests = ['a', 'b', 'c'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } }));
  await new DynamoDBClient(home()).send(
    new BatchWriteItemCommand({ RequestItems: { [outputs.Source as string]: requests } }),
  );
  const seen: string[] = [];
  while (seen.filter((name) => name === 'c').length < 1 || seen.filter((name) => name === 'b').length < 2)
    seen.push(...(await messages(outputs.Seen, 1)).flatMap((each) => JSON.parse(each) as string[]));
  expect(seen.filter((name) => name === 'a')).toHaveLength(1);
  expect(seen.lastIndexOf('c')).toBeGreaterThan(seen.lastIndexOf('b'));
});

test('a bucket’s lock is made by a stack', async () => {
  const { ObjectLockConfiguration } = await new S3Client({ ...home(), forcePathStyle: true }).send(
    new GetObjectLockConfigurationCommand({ Bucket: outputs.Locked }),
  );
  expect(ObjectLockConfiguration?.Rule?.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Days: 2 });
});
