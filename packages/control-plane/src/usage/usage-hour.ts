const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far ahead of ours the clock of a sender may be. */
export const CLOCK_SKEW_MINUTES = 5;
/** How late a record may arrive. Billing providers take no older usage either. */
export const MAX_LATENESS_DAYS = 35;
/** How long after its end an hour still counts as open, in minutes. */
export const HOUR_CLOSES_AFTER_MINUTES = 60;

/** Where a record counts, or why it does not. */
export type CountedAt =
  | { readonly ok: true; readonly hour: string /** Whether the hour was closed. */; readonly late: boolean }
  | { readonly ok: false; readonly reason: string };

/** `2026-11-24T22`, UTC. */
export function hourOf(at: Date): string {
  return at.toISOString().slice(0, 13);
}

/** The instant that an hour begins. */
export function hourStart(hour: string): Date {
  return new Date(`${hour}:00:00.000Z`);
}

/** The hour that a record counts in. A sender whose clock is a little ahead counts in our present. */
export function countedAt(at: string, now: Date): CountedAt {
  const said = Date.parse(at);
  const ahead = said - now.getTime();
  if (ahead > CLOCK_SKEW_MINUTES * 60_000)
    return { ok: false, reason: `its time is more than ${CLOCK_SKEW_MINUTES} minutes ahead; set the clock` };
  if (-ahead > MAX_LATENESS_DAYS * DAY)
    return { ok: false, reason: `it is more than ${MAX_LATENESS_DAYS} days old; enter it by hand` };
  const hour = hourOf(new Date(Math.min(said, now.getTime())));
  const closedAt = hourStart(hour).getTime() + HOUR + HOUR_CLOSES_AFTER_MINUTES * 60_000;
  return { ok: true, hour, late: now.getTime() > closedAt };
}

/** When a record's mark may go, in seconds: once the record itself would be refused for its age. */
export function forgottenAt(at: string): number {
  return Math.ceil((Date.parse(at) + (MAX_LATENESS_DAYS + 1) * DAY) / 1000);
}

/** The days of a span, both ends included. */
export function daysOf({ from, to }: { readonly from: string; readonly to: string }): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
