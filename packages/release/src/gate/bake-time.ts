/** How long a wave is watched, in the time that the deployment of the release engine counts. */
export interface BakeTimeInput {
  readonly startedAt: Date;
  readonly bakeMinutes: number;
  /** Seconds that a minute of baking takes: 60, except where a rehearsal is in a hurry. */
  readonly secondsPerMinute: number;
}

export interface BakeTime {
  readonly bakeEndsAt: Date;
  /** Until then the wave waits for samples and for alarms' data. */
  readonly extendedUntil: Date;
  /** Seconds between two looks. */
  readonly tickSeconds: number;
}

/** A wave that lacks samples is watched twice as long, but this many minutes more at least. */
const EXTENSION_MINUTES = 10;
/** And never less than this, however fast the minutes run: requests take real time. */
const LEAST_EXTENSION_SECONDS = 60;
const LOOKS = 20;
/** A state machine's history holds 25,000 events, and a look is about ten of them. */
const MOST_LOOKS = 1000;
const TICK_SECONDS = { least: 1, most: 60 } as const;

/** When a wave's watch ends, when its patience does, and how often it is looked at. */
export function bakeTime({ startedAt, bakeMinutes, secondsPerMinute }: BakeTimeInput): BakeTime {
  const bake = bakeMinutes * secondsPerMinute;
  const extension = Math.max(bake, EXTENSION_MINUTES * secondsPerMinute, LEAST_EXTENSION_SECONDS);
  return {
    bakeEndsAt: later(startedAt, bake),
    extendedUntil: later(startedAt, bake + extension),
    tickSeconds: Math.max(
      TICK_SECONDS.least,
      Math.min(TICK_SECONDS.most, Math.round(bake / LOOKS)),
      Math.ceil(bake / MOST_LOOKS),
    ),
  };
}

/** Seconds to wait before the next look: a tick, or less when the bake ends before. */
export function waitSeconds({ bakeEndsAt, tickSeconds }: BakeTime, now: Date): number {
  const left = Math.ceil((bakeEndsAt.getTime() - now.getTime()) / 1000);
  return left > 0 ? Math.min(left, tickSeconds) : tickSeconds;
}

function later(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
