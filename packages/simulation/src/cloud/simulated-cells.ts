import type { AlarmObservation, CanaryReport, Cells, WatchedDeployment } from '@granary/release';
import type { ApiLimits } from './api-limits';
import { type Place, PlaceMap } from './place';
import { atLeast } from './poisson';

/** How a release behaves where it runs. */
export interface Behaviour {
  /** Share of requests that fail, from 0 to 1. */
  readonly errors: number;
  /** Since when it runs there, in seconds. */
  readonly since: number;
}

export interface SimulatedCellsOptions {
  readonly limits: ApiLimits;
  readonly random: () => number;
  /** Of the release that a deployment runs at this moment. @returns undefined for a good one @default all are good */
  readonly behaviourOf?: (stackName: string) => Behaviour | undefined;
  /** Requests a second of a tenant's own users. */
  readonly requestsPerSecond: number;
  /** Seconds since the start. */
  readonly now: () => number;
  /** The moment of the start. */
  readonly epoch: Date;
  /** Where the observer runs. */
  readonly toolchain: Place;
}

/** Requests of a canary's flow: sign in, list, create, read, delete, less the sign-in, which is no request of the API. */
const REQUESTS_PER_FLOW = 4;
/** Server errors in a minute that turn a tenant's alarm red, as its stack has it. */
const ALARM_ERRORS = 5;
/** An alarm of one minute's data turns red after the minute is over and counted, in seconds. */
const ALARM_DELAY = 90;
/** Alarms that one call asks for. */
const ALARMS_A_CALL = 100;
/** Seconds that a session in a cell is kept: 15 minutes, less what the observer takes off. */
const SESSION_SECONDS = 600;
/** What CodeDeploy gives a new version: this share of the requests, for so many minutes. */
const SHIFT = { share: 0.1, minutes: 5 } as const;

/** The chance that errors turn a tenant's alarm red in a minute. */
export function redInAMinute(errors: number, requestsPerSecond: number): number {
  return atLeast(ALARM_ERRORS, errors * requestsPerSecond * 60);
}

/** The chance that CodeDeploy takes a release back before all of a tenant's requests reach it. */
export function takenBack(errors: number, requestsPerSecond: number): number {
  return 1 - (1 - redInAMinute(errors * SHIFT.share, requestsPerSecond)) ** SHIFT.minutes;
}

/** What the observer sees of a fleet: alarms by the errors that its traffic meets, canaries by chance. */
export class SimulatedCells implements Cells {
  /** When the session of a cell ends. */
  private readonly sessions = new PlaceMap<number>();

  constructor(private readonly options: SimulatedCellsOptions) {}

  async alarms(
    through: WatchedDeployment,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, AlarmObservation['state']>> {
    this.enter(through);
    this.options.limits.queue('cloudwatch:DescribeAlarms', through, Math.ceil(names.length / ALARMS_A_CALL));
    const states = new Map<string, AlarmObservation['state']>();
    if (!this.options.behaviourOf) return states;
    let stack = '';
    let red = false;
    for (const name of names) {
      // The alarms of a stack come one after the other.
      if (!name.startsWith(`${stack}/`) || stack === '') {
        stack = name.slice(0, name.lastIndexOf('/'));
        red = this.isRed(stack);
      }
      if (red) states.set(name, 'ALARM');
    }
    return states;
  }

  async canary(through: WatchedDeployment, flows: number): Promise<CanaryReport> {
    this.enter(through);
    const { random, behaviourOf } = this.options;
    const requests = flows * REQUESTS_PER_FLOW;
    const { errors = 0 } = behaviourOf?.(through.stackName) ?? {};
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
    through: WatchedDeployment,
    apiNames: readonly string[],
    since: Date,
  ): Promise<ReadonlyMap<string, number>> {
    this.enter(through);
    const { requestsPerSecond, now, epoch } = this.options;
    const seconds = now() - (since.getTime() - epoch.getTime()) / 1000;
    return new Map(apiNames.map((name) => [name, Math.floor(Math.max(0, seconds) * requestsPerSecond)]));
  }

  /** As the watch role of the first deployment that is asked for. */
  private enter(cell: Place): void {
    const { limits, now, toolchain } = this.options;
    if ((this.sessions.get(cell) ?? Number.NEGATIVE_INFINITY) > now()) return;
    this.sessions.set(cell, now() + SESSION_SECONDS);
    limits.queue('sts:AssumeRole', toolchain, 1);
  }

  private isRed(stackName: string): boolean {
    const { behaviourOf, requestsPerSecond, now, random } = this.options;
    const behaviour = behaviourOf?.(stackName);
    if (!behaviour || now() - behaviour.since < ALARM_DELAY) return false;
    return random() < redInAMinute(behaviour.errors, requestsPerSecond);
  }
}
