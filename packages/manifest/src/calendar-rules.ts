import { freezeSpan, isDay, isTimeZone } from './calendar';
import { type Draft, type Entry, textOf } from './draft';
import { LIMITS } from './limits';
import type { Path, Problem } from './problem';
import { suggest } from './suggestion';

const DAY_MS = 86_400_000;

/** Windows that never open, freezes that never end, time zones that do not exist. */
export function* calendarProblems({ windows, freeze }: Draft): Generator<Problem> {
  for (const entry of [...windows, ...freeze]) yield* timeZoneProblems(entry);
  for (const { path, from, to } of spans(windows))
    if (from === to)
      yield {
        path,
        message: 'is when it opens: the window never opens',
        advice: 'write a later time; remove the window if a release may start at any time of its days',
      };
    else if (from > to)
      yield {
        path,
        message: `does not come after ${from}: the window never opens`,
        advice: 'write a later time; split a window that crosses midnight in two',
      };
  for (const span of spans(freeze)) yield* freezeProblems(span);
}

function* timeZoneProblems(entry: Entry): Generator<Problem> {
  const name = textOf(entry, 'timeZone');
  if (name !== undefined && !isTimeZone(name))
    yield {
      path: [...entry.path, 'timeZone'],
      message: 'no such time zone',
      advice: suggest(name, ['UTC', ...Intl.supportedValuesOf('timeZone')], 'time zone'),
    };
}

function* freezeProblems({ path, from, to, timeZone }: SpanEntry): Generator<Problem> {
  if (isTime(from) && isTime(to) && isDay(from) !== isDay(to))
    return yield { path, message: 'is not of the kind of `from`', advice: 'write two days, or two instants' };
  if (!isTimeZone(timeZone) || !isTime(from) || !isTime(to)) return;
  const span = freezeSpan({ from, to, timeZone });
  const length = span.to.getTime() - span.from.getTime();
  if (length <= 0)
    yield isDay(to)
      ? { path, message: `comes before ${from}`, advice: 'write the same day or a later one' }
      : { path, message: `does not come after ${from}`, advice: 'write a later instant' };
  else if (length > LIMITS.freezeDays * DAY_MS)
    yield {
      path,
      message: `is ${Math.floor(length / DAY_MS)} days after it begins, which is a freeze without an end`,
      advice: `end it within ${LIMITS.freezeDays} days, and extend it when the time comes`,
    };
}

/** What is no day or instant at all is the schema's to tell. */
function isTime(text: string): boolean {
  const time = Date.parse(isDay(text) ? `${text}T00:00:00Z` : text);
  // Some parsers take the 30th of February for the 2nd of March.
  return !Number.isNaN(time) && (!isDay(text) || new Date(time).toISOString().startsWith(text));
}

interface SpanEntry {
  readonly path: Path;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

function spans(entries: readonly Entry[]): readonly SpanEntry[] {
  return entries.flatMap((entry) => {
    const [from, to] = [textOf(entry, 'from'), textOf(entry, 'to')];
    const timeZone = textOf(entry, 'timeZone') ?? 'UTC';
    return from === undefined || to === undefined
      ? []
      : [{ path: [...entry.path, 'to'], from, to, timeZone }];
  });
}
