import type { AlarmObservation, CanaryReport, Cells, WatchedDeployment } from '@granary/release';
import type { ApiLimits } from './api-limits';

/** How a release behaves where it runs. */
export interface Behaviour {
  /** Share of requests that fail, from 0 to 1. */
  readonly errors: number;
}

export interface SimulatedCellsOptions {
  readonly limits: ApiLimits;
  readonly random: () => number;
  /** Of the release that a deployment runs at this moment. */
  readonly behaviourOf: (stackName: string) => Behaviour;
  /** Requests a second of a tenant's own users. */
  readonly requestsPerSecond: number;
  /** Seconds since the start. */
  readonly now: () => number;
  /** The moment of the start. */
  readonly epoch: Date;
}

/** Requests of a canary's flow: sign in, list, create, read, delete, less the sign-in, which is no request of the API. */
const REQUESTS_PER_FLOW = 4;
/** Errors in a minute that turn an alarm red, as the stack's alarms have it. */
const ALARM_ERRORS = 3;
/** An alarm of one minute's data turns red after the minute is over and counted, in seconds. */
const ALARM_DELAY = 90;

/** What the observer sees of a fleet: alarms by the errors that its traffic meets, canaries by chance. */
export class SimulatedCells implements Cells {
  /** Since when a stack misbehaves, in seconds. */
  private readonly bad = new Map<string, number>();

  constructor(private readonly options: SimulatedCellsOptions) {}

  async alarms(
    through: WatchedDeployment,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, AlarmObservation['state']>> {
    // A hundred alarms a call.
    for (let call = 0; call < Math.ceil(names.length / 100); call += 1)
      this.options.limits.queue('cloudwatch:DescribeAlarms', through, 1);
    return new Map(names.map((name) => [name, this.isRed(stackOf(name)) ? 'ALARM' : 'OK']));
  }

  async canary({ stackName }: WatchedDeployment, flows: number): Promise<CanaryReport> {
    const { random, behaviourOf } = this.options;
    const requests = flows * REQUESTS_PER_FLOW;
    const { errors } = behaviourOf(stackName);
    let failed = 0;
    if (errors > 0)
      for (let request = 0; request < requests; request += 1) if (random() < errors) failed += 1;
    return {
      requests,
      failed,
      failures: failed > 0 ? [{ operation: 'listProducts', reason: 'status 500' }] : [],
      slowest: 100,
    };
  }

  async counts(
    _through: WatchedDeployment,
    apiNames: readonly string[],
    since: Date,
  ): Promise<ReadonlyMap<string, number>> {
    const { requestsPerSecond, now, epoch } = this.options;
    const seconds = now() - (since.getTime() - epoch.getTime()) / 1000;
    return new Map(apiNames.map((name) => [name, Math.floor(Math.max(0, seconds) * requestsPerSecond)]));
  }

  private isRed(stackName: string): boolean {
    const { behaviourOf, requestsPerSecond, now } = this.options;
    const errorsPerMinute = behaviourOf(stackName).errors * requestsPerSecond * 60;
    if (errorsPerMinute < ALARM_ERRORS) {
      this.bad.delete(stackName);
      return false;
    }
    const since = this.bad.get(stackName) ?? now();
    this.bad.set(stackName, since);
    return now() - since >= ALARM_DELAY;
  }
}

/** Alarms of the fleet are named `<stack>/<alarm>`. */
function stackOf(alarmName: string): string {
  return alarmName.slice(0, alarmName.lastIndexOf('/'));
}
