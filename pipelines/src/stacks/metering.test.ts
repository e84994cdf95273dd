import type { Template } from 'aws-cdk-lib/assertions';
import { deployment } from '../testing/deployment';
import { statementsOf } from '../testing/policy';
import { controlPlaneTemplate, resources } from '../testing/sample';

let tenants: Template;
let control: Template;
beforeAll(() => {
  tenants = deployment('pool-eu');
  control = controlPlaneTemplate();
});

/** Subscriptions of the stack, by the log that they read. */
const subscriptions = () =>
  Object.values(resources(tenants, 'AWS::Logs::SubscriptionFilter')).map(({ Properties }) => ({
    log: Properties.LogGroupName.Ref as string,
    pattern: Properties.FilterPattern as string,
    reader: Properties.DestinationArn.Ref as string,
  }));

test('what every function of a request logs is read, and what the API refused', () => {
  const read = subscriptions().map(({ log }) => log.replace(/[0-9A-F]{8}$/, ''));
  expect(read.sort()).toEqual([
    'AuthorizerLogs',
    'OrderLogs',
    'ProductLogs',
    'RestAccessLogs',
    'UsageServiceLogs',
    'UserServiceLogs',
  ]);
  expect(new Set(subscriptions().map(({ reader }) => reader)).size).toBe(1);
});

test('the reader does not read its own log: it would never end', () => {
  expect(subscriptions().filter(({ log }) => log.startsWith('Metering'))).toEqual([]);
});

test('services’ lines and Lambda’s reports are read, and of the access log only what no service tells of', () => {
  const patterns = (access: boolean) =>
    subscriptions()
      .filter(({ log }) => log.startsWith('Rest') === access)
      .map(({ pattern }) => pattern);
  expect(new Set(patterns(false))).toEqual(new Set(['?"usageRecord" ?"REPORT"']));
  expect(patterns(true)).toEqual(['{ ($.integrationLatency = "-") || ($.tenantId = "-") }']);
});

test('the reader puts events on the control plane’s bus and reaches nothing else of it', () => {
  const [put, ...others] = statementsOf(tenants, 'MeteringReader').filter(({ actions }) =>
    actions.some((action) => !/^(logs|xray|sqs):/.test(action)),
  );
  expect(others).toEqual([]);
  expect(put).toMatchObject({ actions: ['events:PutEvents'] });
  expect(JSON.stringify(put?.resources)).toContain(':events:us-east-1:222222222222:event-bus/granary-events');
});

test('a batch that cannot be told is tried again, and then kept', () => {
  const [config] = Object.values(resources(tenants, 'AWS::Lambda::EventInvokeConfig'));
  expect(config?.Properties).toMatchObject({
    Qualifier: {
      'Fn::Select': [7, { 'Fn::Split': [':', { Ref: expect.stringMatching(/^MeteringReaderLive/) }] }],
    },
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } },
  });
});

test('the metering function adds meters and changes no count', () => {
  const actions = statementsOf(control, 'FunctionsMetering').flatMap((statement) => statement.actions);
  expect(actions.filter((action) => action.startsWith('dynamodb:')).sort()).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:Query',
  ]);
});

test.each(['FunctionsBillingService', 'FunctionsBillingRun'])(
  '%s reads one parameter and one secret, and removes nothing',
  (id) => {
    const statements = statementsOf(control, id);
    const named = (action: string) =>
      JSON.stringify(
        statements.filter(({ actions }) => actions.includes(action)).flatMap((each) => each.resources),
      );
    expect(named('ssm:GetParameter')).toContain('parameter/granary/billing');
    expect(named('secretsmanager:GetSecretValue')).toContain('secret:granary/billing-key-??????');
    expect(statements.flatMap(({ actions }) => actions).filter((each) => /Delete|Scan/.test(each))).toEqual(
      [],
    );
  },
);

test('billing runs every hour, one run at a time', () => {
  const rules = Object.values(resources(control, 'AWS::Events::Rule'));
  expect(rules.map(({ Properties }) => Properties.ScheduleExpression)).toContain('cron(20 * * * ? *)');
  const functions = Object.entries(resources(control, 'AWS::Lambda::Function'));
  const [, run] = functions.find(([id]) => id.startsWith('FunctionsBillingRun')) ?? [];
  expect(run?.Properties.ReservedConcurrentExecutions).toBe(1);
});

test('the plans that anybody may read are those of the manifest, with their limits', () => {
  const limits = { throttle: { burst: 50, rate: 20 }, quota: { requestsPerDay: 1000 } };
  const functions = Object.entries(resources(control, 'AWS::Lambda::Function'));
  const [, service] = functions.find(([id]) => id.startsWith('FunctionsBillingService')) ?? [];
  expect(JSON.parse(service?.Properties.Environment.Variables.PLANS)).toEqual({
    basic: { model: 'pool', limits },
    premium: { model: 'pool', limits },
    platinum: { model: 'silo', limits },
  });
});
