import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { canaryReportSchema } from '../gate/observation';
import { ReleaseEngineError } from '../release-error';
import type { Cells, WatchedDeployment } from './deployment-watch';

/** Names in one DescribeAlarms. */
const ALARMS_A_CALL = 100;
/** Queries in one GetMetricData. */
const METRICS_A_CALL = 500;
/** Stage of every API, as its metrics name it. */
const STAGE = 'prod';
/** Seconds of a session; the shortest that STS gives. */
const SESSION_SECONDS = 900;
const SESSION_MARGIN = 5 * 60_000;

/** What a function in a cell threw. */
export class CanaryError extends ReleaseEngineError {
  readonly name = 'CanaryError';
}

interface Clients {
  readonly watch: CloudWatchClient;
  readonly functions: LambdaClient;
  readonly until: number;
}

export interface AwsCellsOptions {
  readonly sts: Pick<STSClient, 'send'>;
  /** Name of the sessions: it is in the cells' audit logs. */
  readonly sessionName: string;
  /** Milliseconds that one call may take; a canary whose requests hang takes 45 seconds. @default 50000 */
  readonly timeout?: number;
}

/** The cells' accounts, each through the watch role of a deployment there. */
export class AwsCells implements Cells {
  private readonly sessions = new Map<string, Promise<Clients>>();

  constructor(private readonly options: AwsCellsOptions) {}

  async alarms(through: WatchedDeployment, names: readonly string[]) {
    const { watch } = await this.clients(through);
    const answers = await Promise.all(
      chunks(names, ALARMS_A_CALL).map((AlarmNames) =>
        watch.send(
          new DescribeAlarmsCommand({
            AlarmNames,
            AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
            MaxRecords: 100,
          }),
          this.bounded(),
        ),
      ),
    );
    const found = answers.flatMap(({ MetricAlarms = [], CompositeAlarms = [] }) => [
      ...MetricAlarms,
      ...CompositeAlarms,
    ]);
    const states = new Map(found.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]));
    return new Map(
      names.flatMap((name) => {
        const state = states.get(name) ?? 'INSUFFICIENT_DATA';
        return state === 'OK' ? [] : [[name, state]];
      }),
    );
  }

  async canary(deployment: WatchedDeployment, flows: number) {
    const { functions } = await this.clients(deployment);
    const { FunctionError, Payload } = await functions.send(
      new InvokeCommand({
        FunctionName: deployment.canaryFunctionArn,
        Payload: Buffer.from(JSON.stringify({ flows })),
      }),
      this.bounded(),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) throw new CanaryError(`the canary failed: ${text.slice(0, 300)}`);
    return canaryReportSchema.parse(JSON.parse(text));
  }

  async counts(through: WatchedDeployment, apiNames: readonly string[], since: Date) {
    const { watch } = await this.clients(through);
    // Metrics are kept by the minute: the minute that the watch began in counts as a whole.
    const StartTime = new Date(Math.floor(since.getTime() / 60_000) * 60_000);
    const EndTime = new Date(Math.max(Date.now(), StartTime.getTime()) + 60_000);
    const counts = new Map<string, number>();
    for (const names of chunks(apiNames, METRICS_A_CALL)) {
      const { MetricDataResults = [] } = await watch.send(
        new GetMetricDataCommand({
          StartTime,
          EndTime,
          MetricDataQueries: names.map((name, index) => ({
            Id: `api${index}`,
            MetricStat: {
              Metric: {
                Namespace: 'AWS/ApiGateway',
                MetricName: 'Count',
                Dimensions: [
                  { Name: 'ApiName', Value: name },
                  { Name: 'Stage', Value: STAGE },
                ],
              },
              Period: 60,
              Stat: 'SampleCount',
            },
          })),
        }),
        this.bounded(),
      );
      for (const { Id, Values = [] } of MetricDataResults) {
        const name = names[Number(Id?.slice('api'.length))];
        if (name !== undefined) counts.set(name, Math.round(Values.reduce((sum, value) => sum + value, 0)));
      }
    }
    return counts;
  }

  private clients({ watchRoleArn, region }: WatchedDeployment): Promise<Clients> {
    const key = `${watchRoleArn} ${region}`;
    const known = this.sessions.get(key) ?? this.open(watchRoleArn, region);
    const session = known.then((clients) => {
      if (clients.until - Date.now() > SESSION_MARGIN) return clients;
      return this.open(watchRoleArn, region);
    });
    this.sessions.set(key, session);
    // A failure is not kept: the next look asks again.
    session.catch(() => this.sessions.delete(key));
    return session;
  }

  private async open(RoleArn: string, region: string): Promise<Clients> {
    const { sts, sessionName: RoleSessionName } = this.options;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName, DurationSeconds: SESSION_SECONDS }),
      this.bounded(),
    );
    if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken)
      throw new TypeError('sts answered without credentials');
    const credentials = {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    };
    return {
      watch: new CloudWatchClient({ region, credentials }),
      functions: new LambdaClient({ region, credentials, maxAttempts: 1 }),
      until: Credentials.Expiration?.getTime() ?? 0,
    };
  }

  private bounded() {
    return { abortSignal: AbortSignal.timeout(this.options.timeout ?? 50_000) };
  }
}

function chunks<Element>(elements: readonly Element[], size: number): Element[][] {
  return Array.from({ length: Math.ceil(elements.length / size) }, (_, index) =>
    elements.slice(index * size, (index + 1) * size),
  );
}
