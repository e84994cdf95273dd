import { APPLICATION_PLANE_EVENTS } from '@granary/api';
import type { Template } from 'aws-cdk-lib/assertions';
import { statementsOf } from '../../testing/policy';
import { controlPlaneTemplate, resources } from '../../testing/sample';

let template: Template;
beforeAll(() => {
  template = controlPlaneTemplate();
});

const only = (type: string) => Object.values(resources(template, type));

test('only the accounts of the cells may put events, and only as the application plane', () => {
  const policies = only('AWS::Events::EventBusPolicy').map(({ Properties }) => Properties.Statement);
  expect(policies).toHaveLength(1);
  const [statement] = policies;
  expect(JSON.stringify(statement.Principal)).toContain('222222222222');
  expect(JSON.stringify(statement.Principal)).toContain('333333333333');
  expect(JSON.stringify(statement.Principal)).not.toContain('*');
  expect(statement).toMatchObject({
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Condition: {
      StringEquals: { 'events:source': 'sbt.application.plane' },
      'ForAllValues:StringEquals': { 'events:detail-type': Object.keys(APPLICATION_PLANE_EVENTS) },
    },
  });
});

test('the relay reads new items of the outbox alone, and loses none', () => {
  const mappings = only('AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);
  const stream = mappings.find(({ StartingPosition }) => StartingPosition);
  expect(stream).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: expect.anything() } },
  });
  const [filter] = stream?.FilterCriteria.Filters ?? [];
  expect(JSON.parse(filter.Pattern)).toEqual({
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: { Keys: { pk: { S: [{ prefix: 'EVENT#' }, { prefix: 'AUDIT#' }] } } },
  });
  for (const mapping of mappings) expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
});

test('every queue that something is taken from has dead letters, which are kept two weeks', () => {
  const queues = only('AWS::SQS::Queue').map(({ Properties }) => Properties);
  const taken = queues.filter(({ RedrivePolicy }) => RedrivePolicy);
  expect([queues.length, taken.length]).toEqual([4, 2]);
  for (const queue of queues)
    expect(queue).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
});

test('events are archived, and the archive forgets', () => {
  expect(only('AWS::Events::Archive')).toMatchObject([{ Properties: { RetentionDays: 90 } }]);
});

test.each([
  ['Relay', ['dynamodb:PutItem', 'dynamodb:Query', 'events:PutEvents', 'sqs:SendMessage']],
  [
    'Service',
    [
      'dynamodb:PutItem',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
  ],
])('the %s function writes nowhere else', (name, expected) => {
  const actions = statementsOf(template, `FunctionsEvents${name}`).flatMap((statement) => statement.actions);
  expect(actions).toEqual(expect.arrayContaining(expected));
  expect(actions.filter((each) => /Update|DeleteItem|Scan|\*/.test(each))).toEqual([]);
});
