import { Aws, Duration, type Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { STAGE } from './rest-api';
import type { ServiceFunction } from './service-function';

/** What the alarms of a queue, a machine and an API share. */
const PERIOD = Duration.minutes(5);

/** Each queue that nothing takes from: what is in it was given up. */
export function deadLetterAlarms(stack: Stack): void {
  for (const { deadLetterQueue } of found(stack, Queue)) {
    const kept = deadLetterQueue?.queue;
    if (!(kept instanceof Queue)) continue;
    alarm(kept, 'NotEmpty', {
      metric: kept.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: 'messages were given up',
    });
  }
}

/** Each state machine of the stack, by the executions that did not come to an end of their own. */
export function executionAlarms(stack: Stack): void {
  for (const machine of found(stack, StateMachine))
    alarm(machine, 'FailedExecutions', {
      metric: machine.metricFailed({ period: PERIOD, statistic: Stats.SUM }),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: 'an execution failed',
    });
}

/** How far a function is behind the stream that it reads. */
export function lagAlarm(service: ServiceFunction): void {
  alarm(service, 'Lag', {
    metric: service.alias.metric('IteratorAge', { period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
    threshold: Duration.minutes(5).toMilliseconds(),
    evaluationPeriods: 3,
    alarmDescription: 'the stream is read late',
  });
}

/** The slowest hundredth of an API's answers, in three periods out of four. */
export function slowApiAlarm(stack: Stack, apiName: string): void {
  alarm(stack, 'SlowApi', {
    metric: new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: 'Latency',
      dimensionsMap: { ApiName: apiName, Stage: STAGE },
      statistic: Stats.p(99),
      period: PERIOD,
    }),
    threshold: Duration.seconds(5).toMilliseconds(),
    evaluationPeriods: 4,
    datapointsToAlarm: 3,
    alarmDescription: 'the API answers slowly',
  });
}

type PlaneAlarm = Omit<AlarmProps, 'comparisonOperator' | 'treatMissingData'>;

function alarm(
  scope: IConstruct & ConstructorParameters<typeof Alarm>[0],
  id: string,
  props: PlaneAlarm,
): void {
  new Alarm(scope, id, {
    ...props,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${Aws.STACK_NAME}: ${scope.node.path.split('/').slice(-2).join(' ')}: ${props.alarmDescription}`,
  });
}

/** The constructs of a kind in a stack, in the order in which they were made. */
function found<Kind extends IConstruct>(
  stack: Stack,
  kind: new (...parameters: never[]) => Kind,
): readonly Kind[] {
  return stack.node.findAll().filter((each): each is Kind => each instanceof kind);
}
