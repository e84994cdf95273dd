import { inlineFunction, role } from '../engine/gaps/stack-under-test';
import { jobOperations } from './job-operations';
import { Jobs } from './jobs';
import { PipelineCalls } from './pipeline-calls';
import { AlarmRule } from './providers/alarm-rule';
import { LambdaProvider } from './providers/lambda';
import { StepFunctionsProvider } from './providers/step-functions';
import { WindowRule } from './providers/window-rule';
import { RunsUnderTest, templateAction } from './run-for-tests';

jest.setTimeout(180_000);

let under: RunsUnderTest;
let calls: PipelineCalls;

const JUDGE = `const { CodePipelineClient, PutJobSuccessResultCommand, PutJobFailureResultCommand } = require('@aws-sdk/client-codepipeline');
exports.handler = async (event) => {
  const { id: jobId, data } = event['CodePipeline.job'];
  const { verdict, crash } = JSON.parse(data.actionConfiguration.configuration.UserParameters);
  if (crash) throw new TypeError(crash);
  const client = new CodePipelineClient({});
  await client.send(verdict === 'pass'
    ? new PutJobSuccessResultCommand({ jobId, outputVariables: { verdict: 'pass of ' + data.actionConfiguration.configuration.FunctionName } })
    : new PutJobFailureResultCommand({ jobId, failureDetails: { type: 'JobFailed', message: verdict } }));
};`;

const RESOURCES = {
  Role: role({ Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, [
    {
      Effect: 'Allow',
      Action: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
      Resource: '*',
    },
  ]),
  Judge: inlineFunction(JUDGE, { FunctionName: 'judge', Timeout: 30 }),
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DefinitionString: '{"StartAt":"Done","States":{"Done":{"Type":"Pass","End":true}}}',
    },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...{ AlarmName: 'faults', Namespace: 'Test', MetricName: 'Faults', Statistic: 'Sum', Period: 60 },
      ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    },
  },
};
const ALLOWED = [
  'states:StartExecution',
  'states:DescribeExecution',
  'lambda:InvokeFunction',
  'cloudwatch:DescribeAlarms',
];

const conditions = (result: string, ...rules: object[]) => ({
  Conditions: [{ Result: result, Rules: rules }],
});
const rule = (name: string, provider: string, Configuration: object) => ({
  Name: name,
  RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: provider, Version: '1' },
  Configuration,
});
const asks = (verdict: string, more: object = {}) =>
  rule('judge', 'LambdaInvoke', {
    FunctionName: 'judge',
    UserParameters: JSON.stringify({ verdict, ...more }),
  });
const work = (name = 'Work') =>
  templateAction(name, 'Invoke/StepFunctions', { StateMachineArn: { Ref: 'Machine' } });
const call = (verdict: string, more: object = {}) =>
  templateAction(
    'Call',
    'Invoke/Lambda',
    { FunctionName: 'judge', UserParameters: JSON.stringify({ verdict }) },
    more,
  );

/** Two stages: what is tried, and one that shows whether the run went on. */
const run = async (stage: object) => {
  await under.deploy(
    'p',
    [
      { Name: 'Wave1', Actions: [work()], ...stage },
      { Name: 'Wave2', Actions: [work()] },
    ],
    ALLOWED,
    RESOURCES,
  );
  const ended = await under.run('p');
  return { ...ended, states: ended.record.stages.map(({ state }) => state.status) };
};

beforeAll(async () => {
  const jobs = new Jobs();
  const lambda = new LambdaProvider(jobs);
  under = await RunsUnderTest.start(
    new Map([
      ['Invoke/StepFunctions', new StepFunctionsProvider()],
      ['Invoke/Lambda', lambda],
      ['Rule/LambdaInvoke', lambda],
      ['Rule/CloudWatchAlarm', new AlarmRule(20)],
      ['Rule/DeploymentWindow', new WindowRule()],
    ]),
  );
  calls = new PipelineCalls(under.engine, jobOperations(jobs));
});
afterAll(async () => {
  await calls?.close();
  await under?.close();
});

test('a stage whose rules hold is entered, and left when those on success hold', async () => {
  const { outcome, states, record } = await run({
    BeforeEntry: conditions(
      'FAIL',
      asks('pass'),
      rule('window', 'DeploymentWindow', { Cron: '* * * ? * * *' }),
    ),
    OnSuccess: conditions('FAIL', rule('alarm', 'CloudWatchAlarm', { AlarmName: 'faults', WaitTime: '2' })),
  });
  expect(outcome).toEqual({ status: 'succeeded' });
  expect(states).toEqual(['succeeded', 'succeeded']);
  expect(record.stages[0]?.conditions).toMatchObject([
    { kind: 'BeforeEntry', state: { status: 'succeeded' }, rules: [{ name: 'judge' }, { name: 'window' }] },
    {
      kind: 'OnSuccess',
      state: { status: 'succeeded' },
      rules: [{ summary: expect.stringContaining('faults') }],
    },
  ]);
});

test('a function that refuses keeps the run out of the stage, with its words', async () => {
  const { outcome, states, record } = await run({
    BeforeEntry: conditions('FAIL', asks('frozen until Monday')),
  });
  const reason = 'Wave1.BeforeEntry.judge: frozen until Monday';
  expect(outcome).toMatchObject({ status: 'failed', reason });
  expect(states).toEqual(['failed', 'pending']);
  expect(record.stages[0]?.actions[0]?.state).toEqual({ status: 'pending' });
  expect(
    under.events.find((event) => event.type === 'condition-ended' && event.runId === record.id),
  ).toMatchObject({
    ...{ stage: 'Wave1', condition: 'BeforeEntry', result: 'FAIL' },
    outcome: { status: 'failed', reason },
  });
});

test('a function that throws fails its rule at once', async () => {
  const { outcome } = await run({ BeforeEntry: conditions('FAIL', asks('', { crash: 'no such wave' })) });
  expect(outcome).toMatchObject({
    reason: expect.stringContaining('"judge" failed: TypeError: no such wave'),
  });
});

test('a stage may be skipped, and the run goes on', async () => {
  const { outcome, states } = await run({ BeforeEntry: conditions('SKIP', asks('nothing to do')) });
  expect(outcome).toEqual({ status: 'succeeded' });
  expect(states).toEqual(['skipped', 'succeeded']);
});

test('an alarm that rings fails a stage whose actions succeeded, and asks for its rollback', async () => {
  const { outcome, rollback, states } = await run({
    OnSuccess: conditions(
      'ROLLBACK',
      rule('alarm', 'CloudWatchAlarm', { AlarmName: 'faults', AlarmStates: 'INSUFFICIENT_DATA' }),
    ),
  });
  expect(outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('Wave1.OnSuccess.alarm: alarm "faults" is in state INSUFFICIENT_DATA'),
  });
  expect(rollback).toBe('Wave1');
  expect(states).toEqual(['failed', 'pending']);
});

test.each([
  { verdict: 'pass', rollback: undefined, why: 'holds: the stage stays as it is' },
  { verdict: 'cannot repair', rollback: 'Wave1', why: 'does not hold: the stage goes back' },
])('an action that fails lets the condition on failure run, which $why', async ({ verdict, rollback }) => {
  const ended = await run({ Actions: [call('broken')], OnFailure: conditions('ROLLBACK', asks(verdict)) });
  expect(ended.outcome).toMatchObject({ status: 'failed', reason: 'Wave1.Call: broken' });
  expect(ended.rollback).toBe(rollback);
  expect(ended.record.stages[0]?.conditions).toMatchObject([{ kind: 'OnFailure' }]);
});

test('what a function puts out are its action’s variables', async () => {
  const { outcome } = await run({
    Actions: [
      call('pass', { Namespace: 'Judge' }),
      templateAction(
        'Work',
        'Invoke/StepFunctions',
        { StateMachineArn: { Ref: 'Machine' }, Input: '{"said":"#{Judge.verdict}"}' },
        { RunOrder: 2 },
      ),
    ],
  });
  expect(outcome).toEqual({ status: 'succeeded' });
});

test('a result that CodePipeline does not have for a kind of condition is refused', async () => {
  const { outcome } = await run({ BeforeEntry: conditions('ROLLBACK', asks('pass')) });
  expect(outcome).toMatchObject({ reason: expect.stringContaining('use FAIL or SKIP') });
});
