import { METRICS_NAMESPACE } from '@granary/auth';
import type { NamedTier } from '@granary/manifest';
import { Aws, Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IWidget,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { graph } from './plane-dashboard';
import type { ServiceFunction } from './service-function';

export interface TierWatchProps {
  readonly deploymentId: string;
  readonly tiers: readonly NamedTier[];
  /** What tenants ask, by its name in the telemetry. */
  readonly services: Readonly<Record<string, ServiceFunction>>;
}

const PERIOD = Duration.minutes(1);

/**
 * Alarms for the tenants of each tier of a pool: one tier's faults are a small part of what all of them ask, and the
 * pool's own alarms may not ring for them. A silo has one tier, and its own alarms are that tier's.
 */
export class TierWatch extends Construct {
  /** For a dashboard. */
  readonly rows: IWidget[][];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TierWatchProps,
  ) {
    super(scope, id);
    for (const service of Object.values(props.services))
      service.function.addEnvironment('METRICS_DEPLOYMENT', props.deploymentId);
    const tiers = props.tiers.map(({ name }) => name);
    for (const tier of tiers) this.alarms(tier);
    this.rows = [
      [
        graph(
          'Tiers: requests',
          tiers.map((tier) => this.sum(tier, 'Requests')),
        ),
        graph(
          'Tiers: faults',
          tiers.map((tier) => this.sum(tier, 'Failures')),
        ),
        graph(
          'Tiers: p99 of the latency',
          tiers.map((tier) => this.slowest(tier)),
        ),
      ],
    ];
  }

  private alarms(tier: string): void {
    const scope = new Construct(this, tier);
    const shared = {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    };
    new Alarm(scope, 'TierFaults', {
      ...shared,
      metric: this.sum(tier, 'Failures'),
      threshold: 5,
      evaluationPeriods: 1,
      alarmDescription: `${Aws.STACK_NAME}: the tier ${tier}: requests fail by our fault`,
    });
    new Alarm(scope, 'SlowTier', {
      ...shared,
      metric: this.slowest(tier),
      threshold: Duration.seconds(3).toMilliseconds(),
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      alarmDescription: `${Aws.STACK_NAME}: the tier ${tier}: requests are answered slowly`,
    });
  }

  /** Over all services. */
  private sum(tier: string, metricName: string): MathExpression {
    const metrics = this.metrics(tier, metricName, Stats.SUM);
    const filled = Object.keys(metrics).map((name) => `FILL(${name}, 0)`);
    return this.math(tier, `SUM([${filled.join(', ')}])`, metrics);
  }

  /** The p99 of the service that is slowest. */
  private slowest(tier: string): MathExpression {
    const metrics = this.metrics(tier, 'Latency', Stats.p(99));
    return this.math(tier, `MAX([${Object.keys(metrics).join(', ')}])`, metrics);
  }

  private math(label: string, expression: string, usingMetrics: Record<string, Metric>): MathExpression {
    return new MathExpression({ expression, usingMetrics, label, period: PERIOD });
  }

  /** By the id that an expression names them by, which has to be unique on a graph of many tiers. */
  private metrics(tier: string, metricName: string, statistic: string): Record<string, Metric> {
    const { deploymentId: deployment, services } = this.props;
    const prefix = `t${this.props.tiers.findIndex(({ name }) => name === tier)}`;
    const metric = (service: string) =>
      new Metric({
        namespace: METRICS_NAMESPACE,
        metricName,
        statistic,
        period: PERIOD,
        dimensionsMap: { service, deployment, tier },
      });
    return Object.fromEntries(
      Object.keys(services).map((service) => [`${prefix}_${service}`, metric(service)]),
    );
  }
}
