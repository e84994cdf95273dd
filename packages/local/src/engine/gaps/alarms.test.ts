import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, lambdaRole } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
let cloudwatch: CloudWatchClient;
let lambda: LambdaClient;
let api: string;
const config = () => running.engine.clientConfig('222222222222', 'eu-west-1');

const CODE = `exports.handler = async (event) => {
  if (event.fail) throw new Error('told to');
  if (event.orders) console.log(JSON.stringify({
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [['Tenant']], Metrics: [{ Name: 'Orders', Unit: 'Count' }] }] },
    Tenant: 'acme', Orders: event.orders,
  }));
  return { statusCode: 503, body: 'no' };
};`;

const query = (Id: string, MetricName: string, more: object = {}) => ({
  ...{ Id, ReturnData: false },
  MetricStat: { Metric: { Namespace: 'Math', MetricName }, Period: 60, Stat: 'Sum' },
  ...more,
});

const alarm = (AlarmName: string, threshold: number, properties: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...{ AlarmName, Threshold: threshold, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' },
    ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    ...properties,
  },
});

const sum = (Namespace: string, MetricName: string, dimensions: Record<string, unknown> = {}) => ({
  ...{ Namespace, MetricName, Statistic: 'Sum', Period: 60 },
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

const TEMPLATE = {
  Role: lambdaRole,
  Function: inlineFunction(CODE, { FunctionName: 'shop' }),
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
  Live: {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      ...{ FunctionName: { Ref: 'Function' }, Name: 'live' },
      FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
    },
  },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop-api' } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      ...{ HttpMethod: 'GET', AuthorizationType: 'NONE' },
      Integration: {
        ...{ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
        Uri: {
          'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Live}/invocations',
        },
      },
    },
  },
  Deployment: {
    Type: 'AWS::ApiGateway::Deployment',
    DependsOn: ['Method'],
    Properties: { RestApiId: { Ref: 'Api' } },
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
  },
  Faults: alarm('faults', 3, sum('AWS/Lambda', 'Errors', { FunctionName: 'shop', Resource: 'shop:live' })),
  ServerErrors: alarm(
    'server-errors',
    2,
    sum('AWS/ApiGateway', '5XXError', { ApiName: 'shop-api', Stage: 'prod' }),
  ),
  Either: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    DependsOn: ['Faults', 'ServerErrors'],
    Properties: { AlarmName: 'either', AlarmRule: 'ALARM("faults") OR ALARM("server-errors")' },
  },
  Rate: alarm('rate', 50, {
    Metrics: [
      query('bad', 'Bad'),
      query('all', 'All'),
      { Id: 'rate', Expression: 'IF(all > 0, 100 * bad / all, 0)' },
    ],
  }),
  Twice: alarm('twice', 1, { ...sum('Test', 'Slow'), EvaluationPeriods: 3, DatapointsToAlarm: 2 }),
  Silent: alarm('silent', 1, { ...sum('Test', 'Beat'), TreatMissingData: 'breaching' }),
  Unknown: alarm('unknown', 1, { ...sum('Test', 'Rare'), TreatMissingData: 'missing' }),
};

beforeAll(async () => {
  running = await engineForTests({ alarmMinuteSeconds: 1 });
  cloudwatch = new CloudWatchClient(config());
  lambda = new LambdaClient(config());
  const { Api } = await deployStack(config(), 'alarms', {
    Resources: TEMPLATE,
    Outputs: { Api: { Ref: 'Api' } },
  });
  api = `${running.engine.endpoint}/_aws/execute-api/${Api}/prod/`;
});
afterAll(async () => {
  cloudwatch?.destroy();
  lambda?.destroy();
  await running?.close();
});

const stateOf = async (name: string): Promise<string | undefined> => {
  const AlarmTypes = ['MetricAlarm' as const, 'CompositeAlarm' as const];
  const { MetricAlarms, CompositeAlarms } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes }),
  );
  return (MetricAlarms?.[0] ?? CompositeAlarms?.[0])?.StateValue;
};

const becomes = async (name: string, state: string): Promise<void> => {
  while ((await stateOf(name)) !== state) await new Promise((tick) => setTimeout(tick, 20));
};

const put = (namespace: string, values: Record<string, number>) =>
  cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: namespace,
      MetricData: Object.entries(values).map(([MetricName, Value]) => ({ MetricName, Value })),
    }),
  );

const fail = () =>
  lambda.send(
    new InvokeCommand({ FunctionName: 'shop', Qualifier: 'live', Payload: Buffer.from('{"fail":true}') }),
  );

const total = async (Namespace: string, MetricName: string, dimensions: Record<string, string>) => {
  const answer = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace, MetricName, Period: 3600, Statistics: ['Sum', 'SampleCount'] },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...{ StartTime: new Date(Date.now() - 3_600_000), EndTime: new Date(Date.now() + 60_000) },
    }),
  );
  return (answer.Datapoints ?? []).reduce((sum, point) => sum + (point.Sum ?? 0), 0);
};

test('a function that fails rings the alarm on its alias, and a clean period ends it', async () => {
  await becomes('faults', 'OK');
  await Promise.all([fail(), fail(), fail()]);
  await becomes('faults', 'ALARM');
  await becomes('either', 'ALARM');
  await becomes('faults', 'OK');
  await becomes('either', 'OK');
  expect(await total('AWS/Lambda', 'Errors', { FunctionName: 'shop', Resource: 'shop:live' })).toBe(3);
  const executed = { FunctionName: 'shop', Resource: 'shop:live', ExecutedVersion: '1' };
  expect(await total('AWS/Lambda', 'Errors', executed)).toBe(3);
});

test('an API that answers with faults counts them, its function counts as invoked, and its alarm rings', async () => {
  const before = await total('AWS/Lambda', 'Invocations', { FunctionName: 'shop', Resource: 'shop:live' });
  const statuses = await Promise.all(
    [fetch(api), fetch(api), fetch(`${api}none`)].map(async (one) => (await one).status),
  );
  expect(statuses).toEqual([503, 503, 403]);
  await becomes('server-errors', 'ALARM');
  const dimensions = { ApiName: 'shop-api', Stage: 'prod' };
  expect(await total('AWS/ApiGateway', 'Count', dimensions)).toBe(3);
  expect(await total('AWS/ApiGateway', '5XXError', dimensions)).toBe(2);
  expect(await total('AWS/ApiGateway', '4XXError', dimensions)).toBe(1);
  expect(await total('AWS/Lambda', 'Invocations', { FunctionName: 'shop', Resource: 'shop:live' })).toBe(
    before + 2,
  );
});

test('a log line in the embedded format is a metric', async () => {
  await lambda.send(new InvokeCommand({ FunctionName: 'shop', Payload: Buffer.from('{"orders":7}') }));
  // A line may come with one of the next calls.
  while ((await total('Shop', 'Orders', { Tenant: 'acme' })) !== 7)
    await lambda.send(new InvokeCommand({ FunctionName: 'shop', Payload: Buffer.from('{}') }));
});

test('metric math rings by the rate, not by the count', async () => {
  await put('Math', { Bad: 4, All: 10 });
  await becomes('rate', 'OK');
  await put('Math', { Bad: 40, All: 10 });
  await becomes('rate', 'ALARM');
});

test('an alarm of two periods out of three wants two', async () => {
  await becomes('twice', 'OK');
  await put('Test', { Slow: 1 });
  expect(await stateOf('twice')).toBe('OK');
  while ((await stateOf('twice')) !== 'ALARM') {
    await put('Test', { Slow: 1 });
    await new Promise((tick) => setTimeout(tick, 100));
  }
});

test('silence is what the alarm says it is', async () => {
  await becomes('silent', 'ALARM');
  await put('Test', { Beat: 0, Rare: 0 });
  await becomes('silent', 'OK');
  await becomes('silent', 'ALARM');
  await becomes('unknown', 'INSUFFICIENT_DATA');
});

test('a state that is set lasts for one period', async () => {
  await becomes('faults', 'OK');
  await cloudwatch.send(
    new SetAlarmStateCommand({ AlarmName: 'faults', StateValue: 'ALARM', StateReason: 'a drill' }),
  );
  expect(await stateOf('faults')).toBe('ALARM');
  await becomes('faults', 'OK');
});
