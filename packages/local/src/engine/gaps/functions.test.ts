import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
let outputs: Record<string, string>;
const config = () => running.engine.clientConfig('222222222222', 'us-east-1');

const CODE = `class Throttled extends Error { constructor() { super('slow down'); this.name = 'Throttled'; } }
exports.handler = async () => { throw new Throttled(); };`;

beforeAll(async () => {
  running = await engineForTests();
  outputs = await deployStack(config(), 'functions', {
    Resources: {
      Role: role({ Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, [
        { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' },
      ]),
      Function: inlineFunction(CODE),
      Late: inlineFunction(
        "exports.handler = async () => { setTimeout(() => console.log('a late line'), 30); return 1; };",
      ),
      Process: inlineFunction(
        'exports.handler = async () => { await new Promise((done) => setTimeout(done, 20)); return process.pid; };',
      ),
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: { Tags: [{ Key: 'aws-cdk:auto-delete-objects', Value: 'true' }] },
      },
    },
    Outputs: {
      Late: { Ref: 'Late' },
      Process: { Ref: 'Process' },
      Function: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Bucket: { Ref: 'Bucket' },
    },
  });
});
afterAll(() => running.close());

test('an error that a function throws is reported by its name', async () => {
  const answer = await new LambdaClient(config()).send(new InvokeCommand({ FunctionName: outputs.Function }));
  expect(answer.FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({
    errorType: 'Throttled',
    errorMessage: 'slow down',
    trace: expect.arrayContaining([expect.stringContaining('Throttled: slow down')]),
  });
});

test('a state machine retries and catches by that name', async () => {
  const client = new SFNClient(config());
  const definition = JSON.stringify({
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: outputs.Function },
        Retry: [{ ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 1, JitterStrategy: 'FULL' }],
        Catch: [{ ErrorEquals: ['Throttled'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', Result: 'caught', End: true },
    },
  });
  const machine = await client.send(
    new CreateStateMachineCommand({ name: 'retrying', definition, roleArn: outputs.Role }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn: machine.stateMachineArn }),
  );
  let execution = await client.send(new DescribeExecutionCommand({ executionArn }));
  while (execution.status === 'RUNNING')
    execution = await client.send(new DescribeExecutionCommand({ executionArn }));
  expect(execution.output).toBe('"caught"');
  const history = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(history.events?.filter((event) => event.type === 'TaskFailed')).toHaveLength(2);
});

test('what a function writes after its answer comes with one of its next calls', async () => {
  const client = new LambdaClient(config());
  const tails: string[] = [];
  while (tails.length < 100 && !tails.at(-1)?.includes('a late line')) {
    const answer = await client.send(new InvokeCommand({ FunctionName: outputs.Late, LogType: 'Tail' }));
    tails.push(Buffer.from(answer.LogResult ?? '', 'base64').toString());
  }
  expect(tails.at(-1)).toContain('a late line');
});

test('a bucket of a stack has its tags', async () => {
  const answer = await new S3Client(config()).send(new GetBucketTaggingCommand({ Bucket: outputs.Bucket }));
  expect(answer.TagSet).toContainEqual({ Key: 'aws-cdk:auto-delete-objects', Value: 'true' });
});

test('a burst of calls shares processes instead of starting one for each', async () => {
  const client = new LambdaClient(config());
  const call = async () => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: outputs.Process }),
    );
    expect(FunctionError).toBeUndefined();
    return Buffer.from(Payload ?? []).toString();
  };
  const processes = await Promise.all(Array.from({ length: 40 }, call));
  expect(new Set(processes).size).toBeLessThan(40);
});
