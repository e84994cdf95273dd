import type { Freeze, ReleaseWindow, Rollout, Weekday } from './rollout-fields';

/** Whether a release may enter a wave, and if not, what keeps it out. */
export type ReleaseTime =
  | { readonly open: true }
  | { readonly open: false; readonly closedBy: 'freeze'; readonly freeze: Freeze; readonly until: Date }
  | { readonly open: false; readonly closedBy: 'window' };

/** Half open: `from` is in it, `to` is not. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** A freeze goes before a window. Of several freezes the one that ends last is told. */
export function releaseTime({ windows, freeze }: Pick<Rollout, 'windows' | 'freeze'>, at: Date): ReleaseTime {
  const [last] = freeze
    .map((each) => ({ freeze: each, ...freezeSpan(each) }))
    .filter(({ from, to }) => from <= at && at < to)
    .sort((left, right) => right.to.getTime() - left.to.getTime());
  if (last) return { open: false, closedBy: 'freeze', freeze: last.freeze, until: last.to };
  return windows.length === 0 || windows.some((window) => isWindowOpen(window, at))
    ? { open: true }
    : { open: false, closedBy: 'window' };
}

/** By the wall clock of the window's time zone, daylight saving time included. */
export function isWindowOpen({ days, from, to, timeZone }: ReleaseWindow, at: Date): boolean {
  const { weekday, time } = wallClock(at, timeZone);
  return days.includes(weekday) && from <= time && time < to;
}

/** From the start of the first day to the end of the last, or between two instants. */
export function freezeSpan({ from, to, timeZone }: Pick<Freeze, 'from' | 'to' | 'timeZone'>): Span {
  return {
    from: isDay(from) ? startOfDay(from, 0, timeZone) : new Date(from),
    to: isDay(to) ? startOfDay(to, 1, timeZone) : new Date(to),
  };
}

export function isDay(text: string): boolean {
  return text.length === 'YYYY-MM-DD'.length;
}

/** Whether this machine's time zone data, which is Unicode's, knows the name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

interface WallClock {
  readonly weekday: Weekday;
  /** `HH:MM`. */
  readonly time: string;
  /** The clock's reading, as if it were UTC: milliseconds. */
  readonly reading: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'short', year: 'numeric', month: '2-digit' },
    ...{ day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  formats.set(timeZone, format);
  return format;
}

function wallClock(at: Date, timeZone: string): WallClock {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  ) as Record<'weekday' | 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>;
  const { year, month, day, hour, minute, second } = parts;
  return {
    weekday: parts.weekday.toLowerCase() as Weekday,
    time: `${hour}:${minute}`,
    reading: Date.UTC(+year, +month - 1, +day, +hour, +minute, +second),
  };
}

/** The zone's offset is read where it applies: once at the guess, once at what that gives. */
function startOfDay(day: string, daysLater: number, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + daysLater * 86_400_000;
  const offsetAt = (time: number) => wallClock(new Date(time), timeZone).reading - time;
  const guess = wanted - offsetAt(wanted);
  return new Date(wanted - offsetAt(guess));
}
