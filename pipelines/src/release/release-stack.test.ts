import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ReleasePipelineStack } from '../pipeline';
import { deployment } from '../testing/deployment';
import { policyStatements, statementsOf } from '../testing/policy';
import { resources, samplePipeline } from '../testing/sample';

interface Condition {
  readonly Conditions: readonly {
    readonly Result: string;
    readonly Rules: readonly {
      readonly Configuration: { readonly FunctionName: string; readonly UserParameters: string };
    }[];
  }[];
}

interface GatedStage {
  readonly Name: string;
  readonly Actions: readonly {
    readonly RunOrder: number;
    readonly ActionTypeId: { readonly Provider: string };
  }[];
  readonly BeforeEntry?: Condition;
  readonly OnFailure?: Condition;
}

let stack: ReleasePipelineStack;
let engine: Template;
let stages: readonly GatedStage[];
beforeAll(() => {
  stack = samplePipeline();
  const [pipeline] = Object.values(resources(Template.fromStack(stack), 'AWS::CodePipeline::Pipeline'));
  stages = pipeline?.Properties.Stages;
  const found = stack.node
    .findAll()
    .find((each) => Stack.isStack(each) && each.stackName === 'granary-release');
  engine = Template.fromStack(found as Stack);
});

test('the release engine is deployed before what it watches', () => {
  const names = stages.map(({ Name }) => Name);
  expect(names.indexOf('Release')).toBeLessThan(names.indexOf('ControlPlane'));
  expect(names.indexOf('Release')).toBeGreaterThan(names.indexOf('UpdatePipeline'));
});

test.each([
  ['Pools', 'pools'],
  ['acme', 'canary'],
  ['Wave-everyone', 'everyone'],
])(
  'stage %s is entered by the engine’s leave, ends with its gate, and is rolled back by it',
  (name, wave) => {
    const stage = stages.find(({ Name }) => Name === name);
    const last = Math.max(...(stage?.Actions ?? []).map(({ RunOrder }) => RunOrder));
    const gates = stage?.Actions.filter(({ RunOrder }) => RunOrder === last);
    expect(gates?.map(({ ActionTypeId }) => ActionTypeId.Provider)).toEqual(['StepFunctions']);
    const asked = (condition?: Condition) =>
      condition?.Conditions.map(({ Result, Rules }) => [
        Result,
        ...Rules.map(({ Configuration }) => [
          Configuration.FunctionName,
          JSON.parse(Configuration.UserParameters),
        ]),
      ]);
    const parameters = {
      wave,
      stage: name,
      runId: '#{codepipeline.PipelineExecutionId}',
      release: expect.stringMatching(/^#\{.+\.CommitId\}$/),
    };
    expect(asked(stage?.BeforeEntry)).toEqual([['FAIL', ['granary-release-entry:live', parameters]]]);
    expect(asked(stage?.OnFailure)).toEqual([['ROLLBACK', ['granary-release-halt:live', parameters]]]);
  },
);

test('stages that carry no deployment have no gate', () => {
  for (const { Name, BeforeEntry } of stages.slice(0, 5))
    expect([Name, BeforeEntry]).toEqual([Name, undefined]);
});

test('only the observer may become a watch role, and in the accounts of the cells only', () => {
  const watching = policyStatements(engine).filter(({ resources: on }) =>
    on.some((resource) => JSON.stringify(resource).includes('-watch')),
  );
  expect(watching).toEqual([
    expect.objectContaining({
      actions: ['sts:AssumeRole'],
      resources: [
        'arn:aws:iam::222222222222:role/granary-*-watch',
        'arn:aws:iam::333333333333:role/granary-*-watch',
      ],
    }),
  ]);
});

test('no function of the engine may do everything of a service', () => {
  const actions = policyStatements(engine).flatMap((statement) => statement.actions);
  expect(actions.filter((action) => /^\*$|:\*$/.test(action))).toEqual([]);
});

test('a deployment lets the release observer watch it and nobody else', () => {
  const roles = Object.values(resources(deployment('acme'), 'AWS::IAM::Role'));
  const watch = roles.find(({ Properties }) => Properties.RoleName === 'granary-acme-watch');
  const [trust, ...others] = watch?.Properties.AssumeRolePolicyDocument.Statement ?? [];
  expect(others).toEqual([]);
  expect(trust).toMatchObject({
    Action: 'sts:AssumeRole',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': expect.anything() },
    },
  });
  expect(JSON.stringify(trust)).toContain('111111111111:role/granary-release-observer');
});

test('the watch reads alarms and counts and lets the canary out: it reaches no users, no rows', () => {
  const actions = statementsOf(deployment('acme'), 'WatchRole').flatMap((statement) => statement.actions);
  expect(actions.sort()).toEqual([
    'cloudwatch:DescribeAlarms',
    'cloudwatch:GetMetricData',
    'lambda:InvokeFunction',
  ]);
});

test('the canary writes its own entry of the directory and no other', () => {
  const writes = statementsOf(deployment('acme'), 'CanaryServiceRole').filter(({ actions }) =>
    actions.some((action) => action.startsWith('dynamodb:')),
  );
  expect(writes).toEqual([
    expect.objectContaining({
      actions: ['dynamodb:UpdateItem'],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['granary-canary'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }),
  ]);
});

test('a deployment names every alarm that it has', () => {
  const template = deployment('pool-us');
  const alarms = Object.keys(resources(template, 'AWS::CloudWatch::Alarm'));
  const value = JSON.stringify(template.toJSON().Outputs.AlarmNames.Value);
  expect(alarms.length).toBeGreaterThan(5);
  for (const alarm of alarms) expect(value).toContain(`"Ref":"${alarm}"`);
});
