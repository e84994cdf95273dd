export const ROLLOUT_ENGINES = ['auto', 'pipeline', 'distributed'] as const;
export type RolloutEngine = (typeof ROLLOUT_ENGINES)[number];

/** How a release reaches the silo tenants. */
export interface Rollout {
  /** `auto` takes `pipeline` up to 50 silo tenants and 40 accounts. @default 'auto' */
  readonly engine: RolloutEngine;
  /** In the order of release. */
  readonly waves: readonly Wave[];
  /** When a release may enter a wave. @default always */
  readonly windows: readonly ReleaseWindow[];
  /** When none may. @default none */
  readonly freeze: readonly Freeze[];
  /** Stateful resources whose replacement or removal is meant; any other is refused. @default none */
  readonly confirmedReplacements: readonly ConfirmedReplacement[];
}

export interface ConfirmedReplacement {
  /** Logical id in its template. */
  readonly resource: string;
  readonly reason: string;
}

export interface Wave {
  readonly name: string;
  /** Share of the tenants reached once this wave is done, cumulative, in percent. @default rings only */
  readonly percentage?: number;
  /** Rings whose tenants are in this wave. @default none */
  readonly rings: readonly string[];
  /** How long the wave is watched before the next one starts, in minutes. */
  readonly bakeMinutes: number;
  /** Requests that must have been seen before the wave counts as watched. @default 100 */
  readonly minimumSamples: number;
  /** Whether a person lets the release into this wave. @default false */
  readonly approval: boolean;
  /** Deployments of one account and region that change at the same time. @default 10 */
  readonly parallelism: number;
  /** Failed tenants that do not stop the release. @default 0 */
  readonly tolerate: number;
  /** Releases pass the wave by: its tenants keep what they run. @default it is released */
  readonly skip?: WaveSkip;
  /** What the alarms of the wave's deployments do to the release. */
  readonly alarms: AlarmGate;
}

export interface WaveSkip {
  readonly reason: string;
}

export const ALARM_CONSEQUENCES = ['halt', 'report'] as const;
/** What a red alarm does: halts the release and rolls the wave back, or is only told of. */
export type AlarmConsequence = (typeof ALARM_CONSEQUENCES)[number];

export const MISSING_DATA_TREATMENTS = ['ignore', 'wait'] as const;
/** What an alarm without data does: nothing, or the wave is watched until it has some. */
export type MissingDataTreatment = (typeof MISSING_DATA_TREATMENTS)[number];

export interface AlarmGate {
  /** @default 'halt' */
  readonly onRed: AlarmConsequence;
  /** @default 'ignore' */
  readonly insufficientData: MissingDataTreatment;
  /** Whether an alarm that is red before the wave starts keeps the release out of it. @default true */
  readonly blockEntry: boolean;
}

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface ReleaseWindow {
  readonly days: readonly Weekday[];
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive. */
  readonly to: string;
  /** IANA name, such as `Europe/Berlin`. @default 'UTC' */
  readonly timeZone: string;
}

/** Ends of one kind: days, or instants. */
export interface Freeze {
  /** A day, `YYYY-MM-DD`, or an instant, `2026-12-24T18:00:00Z`; inclusive. */
  readonly from: string;
  /** A day, inclusive; or an instant, exclusive. */
  readonly to: string;
  /** Of days. @default 'UTC' */
  readonly timeZone: string;
  readonly reason: string;
}
