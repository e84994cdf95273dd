import { Aws, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { STAGE } from './rest-api';
import { ServiceFunction } from './service-function';

export interface PlaneDashboardProps {
  /** What it shows, for people. */
  readonly title: string;
  /** @default the plane has no API */
  readonly apiName?: string;
  /** Rows of the plane's own, behind the alarms. @default none */
  readonly rows?: readonly IWidget[][];
}

const WIDTH = 24;
const THIRD = { width: WIDTH / 3, height: 6 } as const;

/**
 * One page over all that a stack runs, the alarms first; made from what is in the stack, so that nothing new is left
 * out. To be called when everything is there.
 */
export function planeDashboard(stack: Stack, { title, apiName, rows = [] }: PlaneDashboardProps): void {
  const alarms = found(stack, Alarm);
  const dashboard = new Dashboard(stack, 'Dashboard', { dashboardName: Aws.STACK_NAME });
  const page: IWidget[][] = [
    [
      new TextWidget({
        width: WIDTH,
        height: 2,
        markdown: `# ${title}\nWhat each alarm means and what to do: docs/operations.md.`,
      }),
    ],
    [new AlarmStatusWidget({ title: 'Alarms', width: WIDTH, height: 4, alarms: [...alarms] })],
    ...rows,
    ...(apiName ? [apiRow(apiName)] : []),
    functionRow(stack),
    ...machineRow(stack),
    [...queueGraph(stack), ...tableGraphs(stack)],
  ];
  for (const widgets of page) if (widgets.length > 0) dashboard.addWidgets(...widgets);
}

/** A third of a row. */
export function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ ...THIRD, title, left: [...left] });
}

function apiRow(apiName: string): IWidget[] {
  const metric = (metricName: string, statistic: string, label: string) =>
    new Metric({
      ...{ namespace: 'AWS/ApiGateway', metricName, statistic, label },
      dimensionsMap: { ApiName: apiName, Stage: STAGE },
    });
  return [
    graph('API: requests', [metric('Count', Stats.SUM, 'requests')]),
    graph('API: errors', [
      metric('4XXError', Stats.SUM, "callers' (4xx)"),
      metric('5XXError', Stats.SUM, 'ours (5xx)'),
    ]),
    graph('API: latency', [metric('Latency', Stats.p(50), 'p50'), metric('Latency', Stats.p(99), 'p99')]),
  ];
}

function functionRow(stack: Stack): IWidget[] {
  const services = found(stack, ServiceFunction);
  const each = (of: (service: ServiceFunction) => Metric) =>
    services.map((service) => of(service).with({ label: service.node.id }));
  return [
    graph(
      'Functions: faults',
      each(({ alias }) => alias.metricErrors()),
    ),
    graph(
      'Functions: throttles',
      each(({ alias }) => alias.metricThrottles()),
    ),
    graph(
      'Functions: p99 of the duration',
      each(({ alias }) => alias.metricDuration({ statistic: Stats.p(99) })),
    ),
  ];
}

function machineRow(stack: Stack): IWidget[][] {
  const machines = found(stack, StateMachine);
  if (machines.length === 0) return [];
  const each = (of: (machine: StateMachine) => Metric) =>
    machines.map((machine) => of(machine).with({ label: machine.node.scope?.node.id ?? machine.node.id }));
  return [
    [
      graph(
        'Workflows: begun',
        each((machine) => machine.metricStarted()),
      ),
      graph(
        'Workflows: failed',
        each((machine) => machine.metricFailed()),
      ),
      graph(
        'Workflows: p99 of the time',
        each((machine) => machine.metricTime({ statistic: Stats.p(99) })),
      ),
    ],
  ];
}

function queueGraph(stack: Stack): IWidget[] {
  const queues = found(stack, Queue);
  if (queues.length === 0) return [];
  const waiting = (queue: Queue) =>
    queue.metricApproximateNumberOfMessagesVisible({
      statistic: Stats.MAXIMUM,
      label: queue.node.path.split('/').slice(-2).join(' '),
    });
  return [graph('Queues: messages that wait', queues.map(waiting))];
}

function tableGraphs(stack: Stack): IWidget[] {
  const tables = found(stack, Table);
  if (tables.length === 0) return [];
  const each = (metricName: string) =>
    tables.map((table) =>
      table.metric(metricName, {
        statistic: Stats.SUM,
        label: table.node.path.split('/').slice(-2).join(' '),
      }),
    );
  return [
    graph('Tables: throttled reads and writes', [
      ...each('ReadThrottleEvents'),
      ...each('WriteThrottleEvents'),
    ]),
    graph('Tables: consumed capacity', [
      ...each('ConsumedReadCapacityUnits'),
      ...each('ConsumedWriteCapacityUnits'),
    ]),
  ];
}

/** The constructs of a kind in a stack, in the order in which they were made. */
function found<Kind extends IConstruct>(
  stack: Stack,
  kind: new (...parameters: never[]) => Kind,
): readonly Kind[] {
  return stack.node
    .findAll()
    .filter((each): each is Kind => each instanceof kind && Stack.of(each) === stack);
}
