import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { role } from '../../engine/gaps/stack-under-test';
import { RunsUnderTest, templateAction } from '../run-for-tests';
import { StepFunctionsProvider } from './step-functions';

jest.setTimeout(120_000);

let under: RunsUnderTest;
let outputs: Record<string, string>;

const machine = (states: Record<string, object>) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
    DefinitionString: JSON.stringify({ StartAt: 'First', States: states }),
  },
});

const invoke = (name: string, logicalId: string, Input: object, more: object = {}) =>
  templateAction(
    name,
    'Invoke/StepFunctions',
    { StateMachineArn: { Ref: logicalId }, ExecutionNamePrefix: 'wave', Input: JSON.stringify(Input) },
    more,
  );

const ALLOWED = ['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution'];
const RESOURCES = {
  MachineRole: role({ Service: 'states.amazonaws.com' }),
  Echo: machine({ First: { Type: 'Pass', End: true } }),
  Refuse: machine({ First: { Type: 'Fail', Error: 'Granary.Halted', Cause: 'alarm "faults" rang' } }),
  Slow: machine({ First: { Type: 'Wait', Seconds: 600, End: true } }),
};

beforeAll(async () => {
  under = await RunsUnderTest.start(new Map([['Invoke/StepFunctions', new StepFunctionsProvider()]]));
  const stages = (...actions: object[]) => [{ Name: 'Wave1', Actions: actions }];
  const Echo = { Ref: 'Echo' };
  outputs = await under.deploy(
    'good',
    stages(
      invoke('Bake', 'Echo', { runId: '#{codepipeline.PipelineExecutionId}' }, { Namespace: 'Baked' }),
      invoke('After', 'Echo', { before: '#{Baked.ExecutionArn}' }, { RunOrder: 2 }),
    ),
    ALLOWED,
    RESOURCES,
    { Echo },
  );
  await under.deploy('bad', stages(invoke('Bake', 'Refuse', {})), ALLOWED, RESOURCES);
  Object.assign(
    outputs,
    await under.deploy('slow', stages(invoke('Bake', 'Slow', {})), ALLOWED, RESOURCES, {
      Slow: { Ref: 'Slow' },
    }),
  );
  await under.deploy('forbidden', stages(invoke('Bake', 'Echo', {})), ['states:StopExecution'], RESOURCES);
});
afterAll(() => under.close());

const executions = async (stateMachineArn: string | undefined) => {
  const client = new SFNClient(under.config);
  const { executions: all = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(
    all.map(({ executionArn }) => client.send(new DescribeExecutionCommand({ executionArn }))),
  );
};

test('an execution gets its input with the variables filled in, and hands its own arn on', async () => {
  const { outcome, record } = await under.run('good');
  expect(outcome).toEqual({ status: 'succeeded' });
  const ran = await executions(outputs.Echo);
  const first = ran.find(({ input }) => input === JSON.stringify({ runId: record.id }));
  expect(first?.name).toMatch(/^wave-/);
  expect(ran.map(({ input }) => input)).toContain(JSON.stringify({ before: first?.executionArn }));
});

test('an execution that fails is the reason of the release, with error and cause', async () => {
  expect((await under.run('bad')).outcome).toMatchObject({
    status: 'failed',
    reason: 'Wave1.Bake: execution FAILED: Granary.Halted: alarm "faults" rang',
    details: [expect.stringContaining(':execution:')],
  });
});

test('a run that is stopped stops its execution', async () => {
  const abort = new AbortController();
  const running = under.run('slow', abort.signal);
  while (!(await executions(outputs.Slow)).length) await new Promise((tick) => setImmediate(tick));
  abort.abort(new Error('Ctrl-C'));
  expect((await running).outcome).toEqual({ status: 'interrupted', reason: 'Ctrl-C' });
  expect((await executions(outputs.Slow)).map(({ status }) => status)).toEqual(['ABORTED']);
});

test('a pipeline whose role may not start it does not', async () => {
  expect((await under.run('forbidden')).outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('states:StartExecution'),
  });
});
