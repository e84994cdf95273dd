import { gunzipSync } from 'node:zlib';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

jest.setTimeout(40_000);

let running: EngineUnderTest;
let outputs: Record<string, string>;
const config = () => running.engine.clientConfig('333333333333', 'eu-west-1');

/** Tells the queue what it was given, and fails, as a subscriber may after half of its work. */
const SUBSCRIBER = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
exports.handler = async ({ awslogs }) => {
  await new SQSClient({}).send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: awslogs.data }),
  );
  throw new Error('half done');
};`;

const TALKER = `exports.handler = async ({ says }) => { console.log(says); };`;

const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

beforeAll(async () => {
  running = await engineForTests();
  outputs = await deployStack(config(), 'subscriptions', {
    Resources: {
      Role: role({ Service: 'lambda.amazonaws.com' }, [
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
      ]),
      Queue: { Type: 'AWS::SQS::Queue' },
      Logs: { Type: 'AWS::Logs::LogGroup' },
      Talker: inlineFunction(TALKER, { LoggingConfig: { LogGroup: { Ref: 'Logs' } } }),
      Subscriber: inlineFunction(SUBSCRIBER, { Environment: { Variables: { QUEUE_URL: { Ref: 'Queue' } } } }),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Subscriber' } } },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          Name: 'live',
          FunctionName: { Ref: 'Subscriber' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: 'Alias' },
          Principal: 'logs.amazonaws.com',
        },
      },
      Filter: {
        Type: 'AWS::Logs::SubscriptionFilter',
        Properties: {
          LogGroupName: { Ref: 'Logs' },
          DestinationArn: { Ref: 'Alias' },
          FilterPattern: '?"usageRecord" ?"REPORT"',
        },
      },
    },
    Outputs: { Queue: { Ref: 'Queue' }, Talker: arn('Talker') },
  });
});
afterAll(() => running.close());

/** What the subscriber was given, once it was. */
async function delivered(): Promise<{ readonly owner: string; readonly messages: readonly string[] }> {
  const queue = new SQSClient(config());
  for (;;) {
    const ask = new ReceiveMessageCommand({ QueueUrl: outputs.Queue, WaitTimeSeconds: 5 });
    const [message] = (await queue.send(ask)).Messages ?? [];
    if (!message?.Body) continue;
    await queue.send(
      new DeleteMessageCommand({ QueueUrl: outputs.Queue, ReceiptHandle: message.ReceiptHandle }),
    );
    const batch = JSON.parse(gunzipSync(Buffer.from(message.Body, 'base64')).toString());
    return {
      owner: batch.owner,
      messages: batch.logEvents.map((event: { readonly message: string }) => event.message),
    };
  }
}

test('lines of several calls come together, those that match, and come again when their subscriber failed', async () => {
  const lambda = new LambdaClient(config());
  for (const says of ['usageRecord one', 'nothing to see', 'usageRecord two'])
    await lambda.send(
      new InvokeCommand({ FunctionName: outputs.Talker, Payload: Buffer.from(JSON.stringify({ says })) }),
    );
  const { owner, messages } = await delivered();
  expect(owner).toBe('333333333333');
  const said = messages.filter((message) => !message.startsWith('REPORT'));
  expect(said.map((message) => message.slice(-3))).toEqual(['one', 'two']);
  expect(messages.filter((message) => message.startsWith('REPORT'))).toHaveLength(3);
  expect(await delivered()).toEqual({ owner, messages });
});
