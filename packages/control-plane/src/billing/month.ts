/** The instants between which a month lies, half open, UTC. */
export function monthSpan(month: string): { readonly start: Date; readonly end: Date } {
  const start = new Date(`${month}-01T00:00:00.000Z`);
  return { start, end: new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)) };
}

/** The month of an instant. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

/** The month that lies so many before another. */
export function monthBefore(month: string, count = 1): string {
  const { start } = monthSpan(month);
  return monthOf(new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() - count, 1)));
}
