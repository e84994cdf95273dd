import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LIVE } from '../names';
import { acknowledge } from './acknowledge';
import type { ServiceFunction } from './service-function';

export interface CanaryReleaseProps {
  /** How traffic moves to a new version. @default a tenth, the rest after 5 minutes */
  readonly deploymentConfig?: ILambdaDeploymentConfig;
  /** Alarms besides each function's own that roll a function back. @default none */
  readonly alarms?: readonly Alarm[];
  /** Faults (crashes, timeouts, answers that are no answers) in a minute that stop it. @default 3 */
  readonly faults?: number;
  /** Throttled calls in a minute that stop it. @default 5 */
  readonly throttles?: number;
  /** The slowest hundredth of calls, in three minutes out of five. @default 3 seconds */
  readonly slow?: Duration;
}

/** Carries new versions of a stack's functions to its traffic bit by bit, and back when an alarm rings. */
export class CanaryRelease extends Construct {
  private readonly application: LambdaApplication;
  private readonly role: Role;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CanaryReleaseProps = {},
  ) {
    super(scope, id);
    this.application = new LambdaApplication(this, 'Application');
    this.role = this.deployer();
  }

  /** Puts a function's alias under the canary. */
  of(service: ServiceFunction): void {
    new LambdaDeploymentGroup(service, 'Release', {
      application: this.application,
      alias: service.alias,
      deploymentConfig: this.props.deploymentConfig ?? LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [...this.alarmsOf(service), ...(this.props.alarms ?? [])],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      // Immutable: the construct would add AWS's managed policy, which reaches every function of the account.
      role: this.role.withoutPolicyUpdates(),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [service.function.functionArn, `${service.function.functionArn}:${LIVE}`],
      }),
    );
  }

  private deployer(): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      description: 'Shifts aliases to new versions, and back',
    });
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'cloudwatch:DescribeAlarms lists; CodeDeploy asks for all of its alarms in one call.',
    );
    return role;
  }

  private alarmsOf(service: ServiceFunction): Alarm[] {
    const period = Duration.minutes(1);
    const { alias } = service;
    return [
      this.alarm(service, 'Faults', alias.metricErrors({ period }), this.props.faults ?? 3),
      this.alarm(service, 'Throttles', alias.metricThrottles({ period }), this.props.throttles ?? 5),
      this.alarm(
        service,
        'Slow',
        alias.metricDuration({ period, statistic: Stats.p(99) }),
        (this.props.slow ?? Duration.seconds(3)).toMilliseconds(),
        3,
      ),
    ];
  }

  private alarm(service: ServiceFunction, id: string, metric: Metric, threshold: number, points = 1): Alarm {
    return new Alarm(service, id, {
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: points === 1 ? 1 : 5,
      datapointsToAlarm: points,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${Aws.STACK_NAME}: ${service.node.id}: ${id.toLowerCase()}`,
    });
  }
}
