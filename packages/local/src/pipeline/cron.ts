import { UnsupportedPipelineError } from './errors';

/** A moment on the clock of a time zone. */
interface WallTime {
  readonly second: number;
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 (Sunday) to 7, as cron counts. */
  readonly weekday: number;
  readonly year: number;
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const OFFSET = /^(?:UTC|GMT)([+-])(\d{1,2})(?::?00)?$/;

/**
 * Whether a moment is within the window that a cron expression of seconds, minutes, hours, day of month, month, day
 * of week and (optional) year describes, as CodePipeline's DeploymentWindow rule reads it.
 *
 * @param timeZone a name such as `Europe/Vienna`, or `UTC+2`
 * @throws UnsupportedPipelineError for an expression or a time zone that cannot be read
 */
export function isWithin(expression: string, timeZone: string, at: Date): boolean {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  if (fields.length < 6 || fields.length > 7)
    throw new UnsupportedPipelineError(
      `cron expression "${expression}" has ${fields.length} fields; it needs 6 or 7, from seconds to year`,
    );
  const [second = '*', minute = '*', hour = '*', day = '*', month = '*', weekday = '*', year = '*'] = fields;
  const now = wallTime(at, timeZone);
  return (
    fits(second, now.second, 0, 59) &&
    fits(minute, now.minute, 0, 59) &&
    fits(hour, now.hour, 0, 23) &&
    fits(month, now.month, 1, 12, MONTHS) &&
    fits(year, now.year, 1970, 2199) &&
    day.split(',').some((part) => dayFits(part, now)) &&
    weekday.split(',').some((part) => weekdayFits(part, now))
  );
}

function fits(
  field: string,
  value: number,
  low: number,
  high: number,
  names: readonly string[] = [],
): boolean {
  return field.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    const [from = '', to] = range.split('-');
    const first = from === '*' ? low : numberOf(from, low, high, names);
    const last = to !== undefined ? numberOf(to, low, high, names) : from === '*' || step ? high : first;
    const every = step === undefined ? 1 : numberOf(step, 1, high, []);
    // A range may pass the end, as FRI-MON does.
    const inside = first <= last ? value >= first && value <= last : value >= first || value <= last;
    const distance = value >= first ? value - first : value - first + (high - low + 1);
    return inside && distance % every === 0;
  });
}

function numberOf(text: string, low: number, high: number, names: readonly string[]): number {
  const named = names.indexOf(text);
  const value = named >= 0 ? named + low : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new UnsupportedPipelineError(`cron: "${text}" is not between ${low} and ${high}`);
}

/** `L`, `L-3`, `15W`, `LW` besides what every field takes. */
function dayFits(part: string, now: WallTime): boolean {
  const last = daysOf(now);
  if (part === '?') return true;
  if (part === 'LW') return now.day === nearestWeekday(last, now);
  const beforeLast = /^L(?:-(\d+))?$/.exec(part);
  if (beforeLast) return now.day === last - Number(beforeLast[1] ?? 0);
  const working = /^(\d+)W$/.exec(part);
  if (working) return now.day === nearestWeekday(Number(working[1]), now);
  return fits(part, now.day, 1, 31);
}

/** `L` (Saturday), `6L` (the month's last Friday), `6#3` (its third) besides what every field takes. */
function weekdayFits(part: string, now: WallTime): boolean {
  if (part === '?') return true;
  if (part === 'L') return now.weekday === 7;
  const [, name = '', kind, nth] = /^(\w+?)(L|#(\d))$/.exec(part) ?? [];
  if (kind === undefined) return fits(part, now.weekday, 1, 7, WEEKDAYS);
  if (now.weekday !== numberOf(name, 1, 7, WEEKDAYS)) return false;
  return kind === 'L' ? now.day + 7 > daysOf(now) : Math.ceil(now.day / 7) === Number(nth);
}

function daysOf({ year, month }: WallTime): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The working day nearest to a day, within its month. */
function nearestWeekday(day: number, now: WallTime): number {
  const weekday = new Date(Date.UTC(now.year, now.month - 1, day)).getUTCDay();
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < daysOf(now) ? day + 1 : day - 2;
  return day;
}

function wallTime(at: Date, timeZone: string): WallTime {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  return {
    second: number('second'),
    minute: number('minute'),
    hour: number('hour'),
    day: number('day'),
    month: number('month'),
    year: number('year'),
    weekday: WEEKDAYS.indexOf(parts.get('weekday')?.toUpperCase() ?? '') + 1,
  };
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  const [, sign, hours] = OFFSET.exec(timeZone) ?? [];
  // The names of this family count westward.
  const name = sign === undefined ? timeZone : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
  const numeric = 'numeric' as const;
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  };
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...fields,
      timeZone: name,
      weekday: 'short',
      hourCycle: 'h23',
    });
  } catch (cause) {
    throw new UnsupportedPipelineError(`time zone "${timeZone}" is unknown`, { cause });
  }
}
