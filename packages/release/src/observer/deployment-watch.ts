import type { AlarmObservation, CanaryReport } from '../gate/observation';

/** A deployment as the observer reaches it. */
export interface WatchedDeployment {
  readonly deploymentId: string;
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly watchRoleArn: string;
  readonly alarmNames: readonly string[];
  /** @default no canary: a version from before there were any */
  readonly canaryFunctionArn?: string;
}

/** What the observer asks of the accounts of the cells. Every call is bounded in time and may reject. */
export interface Cells {
  /** States of alarms of one account and region that are not OK, by name. One that is not there has no data. */
  alarms(
    through: WatchedDeployment,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, AlarmObservation['state']>>;
  /** Lets a deployment's canary make so many flows. */
  canary(deployment: WatchedDeployment, flows: number): Promise<CanaryReport>;
  /** Requests that the APIs of one account and region have counted since then, by the APIs' names; of those known. */
  counts(
    through: WatchedDeployment,
    apiNames: readonly string[],
    since: Date,
  ): Promise<ReadonlyMap<string, number>>;
}
