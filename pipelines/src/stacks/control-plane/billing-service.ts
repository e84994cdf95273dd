import { type Manifest, tierPlans, tiersOf } from '@granary/manifest';
import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { billingParameterName, billingSecretName } from '../../names';
import { acknowledge } from '../acknowledge';
import { ControlTable } from '../control-table';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';

export interface BillingServiceProps {
  readonly manifest: Manifest;
  readonly table: Table;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/**
 * Bills the tenants: a service that operators ask, and a function that the clock calls every hour for customers,
 * usage and the month that is over. Which provider does it is said by a parameter that people make.
 */
export class BillingService extends Construct {
  readonly service: ServiceFunction;
  readonly run: ServiceFunction;

  constructor(scope: Construct, id: string, { manifest, table, shared }: BillingServiceProps) {
    super(scope, id);
    const environment = {
      CONTROL_TABLE_NAME: table.tableName,
      PLANS: JSON.stringify(tierPlans(tiersOf(manifest))),
      BILLING_PARAMETER: billingParameterName(manifest.application),
    };
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'billing',
      description: 'Plans, invoices and the close of a month',
      environment,
      timeout: Duration.seconds(28),
    });
    this.run = new ServiceFunction(this, 'Run', {
      ...shared,
      entry: 'billing-run',
      description: 'Brings customers into line, reports usage and closes months',
      environment,
      timeout: Duration.minutes(15),
      // Two at once would only refuse each other's writes.
      reservedConcurrency: 1,
    });
    for (const each of [this.service, this.run]) {
      each.allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], [table.tableArn]);
      each.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
      this.allowSettings(each, manifest.application);
    }
    new Rule(this, 'Hourly', {
      description: 'Bills what is due',
      schedule: Schedule.cron({ minute: '20' }),
      targets: [new LambdaFunction(this.run.alias, { retryAttempts: 2 })],
    });
  }

  private allowSettings(service: ServiceFunction, application: string): void {
    const { partition, region, account } = Stack.of(this);
    const parameter = `arn:${partition}:ssm:${region}:${account}:parameter${billingParameterName(application)}`;
    // Secrets Manager ends each ARN with six characters of its own.
    const secret = `arn:${partition}:secretsmanager:${region}:${account}:secret:${billingSecretName(application)}-??????`;
    service.allow(['ssm:GetParameter'], [parameter]);
    service.allow(['secretsmanager:GetSecretValue'], [secret]);
    acknowledge(
      service.role,
      `AwsSolutions-IAM5[Resource::${secret}]`,
      'One secret: Secrets Manager ends the ARN with six characters that nobody knows before it is made.',
    );
  }
}
