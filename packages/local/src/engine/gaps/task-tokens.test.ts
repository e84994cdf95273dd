import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

jest.setTimeout(60_000);

let running: EngineUnderTest;
let outputs: Record<string, string>;
let sfn: SFNClient;
const config = () => running.engine.clientConfig('222222222222', 'us-east-1');

/** Keeps the token where the test finds it, or fails. */
const TAKER = `const { SSMClient, PutParameterCommand } = require('@aws-sdk/client-ssm');
exports.handler = async ({ token, broken }) => {
  if (broken) throw new RangeError(broken);
  await new SSMClient({}).send(new PutParameterCommand({ Name: '/token', Value: token, Type: 'String', Overwrite: true }));
};`;

beforeAll(async () => {
  running = await engineForTests();
  sfn = new SFNClient(config());
  outputs = await deployStack(config(), 'waiting', {
    Resources: {
      Role: role({ Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, [
        { Effect: 'Allow', Action: ['lambda:InvokeFunction', 'ssm:PutParameter'], Resource: '*' },
      ]),
      Taker: inlineFunction(TAKER, { Timeout: 10 }),
    },
    Outputs: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Taker: { 'Fn::GetAtt': ['Taker', 'Arn'] } },
  });
});
afterAll(async () => {
  sfn.destroy();
  await running.close();
});

const start = async (name: string, task: object, input: object = {}): Promise<string | undefined> => {
  const definition = JSON.stringify({
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Parameters: { FunctionName: outputs.Taker, Payload: { 'token.$': '$$.Task.Token', ...input } },
        ...task,
        End: true,
      },
    },
  });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name, definition, roleArn: outputs.Role }),
  );
  return (await sfn.send(new StartExecutionCommand({ stateMachineArn }))).executionArn;
};

const ended = async (executionArn: string | undefined): Promise<DescribeExecutionCommandOutput> => {
  for (;;) {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((tick) => setTimeout(tick, 50));
  }
};

const token = async (): Promise<string> => {
  const ssm = new SSMClient(config());
  try {
    for (;;) {
      const found = await ssm.send(new GetParameterCommand({ Name: '/token' })).catch(() => undefined);
      if (found?.Parameter?.Value) return found.Parameter.Value;
      await new Promise((tick) => setTimeout(tick, 20));
    }
  } finally {
    ssm.destroy();
  }
};

test('a task whose function fails to take the token fails with its error', async () => {
  const execution = await ended(await start('broken', { TimeoutSeconds: 600 }, { broken: 'no room' }));
  expect(execution).toMatchObject({
    status: 'FAILED',
    error: 'RangeError',
    cause: expect.stringContaining('no room'),
  });
});

test('a task without a heartbeat fails in time, and one with heartbeats is waited for', async () => {
  const silent = await ended(await start('silent', { HeartbeatSeconds: 1 }));
  expect(silent).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
  const abandoned = await token();
  const executionArn = await start('beating', { HeartbeatSeconds: 2 });
  let taskToken = await token();
  while (taskToken === abandoned) taskToken = await token();
  const begun = Date.now();
  while (Date.now() - begun < 3_000) {
    await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
    await new Promise((tick) => setTimeout(tick, 300));
  }
  await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
});
