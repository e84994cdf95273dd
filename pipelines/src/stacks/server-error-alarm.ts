import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { STAGE } from './rest-api';

/** Rings at 5 answers of 500 and above in a minute: the services' own faults, which Lambda counts as successes. */
export function serverErrorAlarm(scope: Construct, apiName: string): Alarm {
  return new Alarm(scope, 'ServerErrors', {
    metric: new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5XXError',
      dimensionsMap: { ApiName: apiName, Stage: STAGE },
      statistic: 'Sum',
      period: Duration.minutes(1),
    }),
    threshold: 5,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${Aws.STACK_NAME}: the API answers with faults`,
  });
}
