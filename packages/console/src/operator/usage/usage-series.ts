import type { TenantUsage } from '@granary/api';

type Meter = TenantUsage['meters'][number];

export interface UsagePoint {
  /** Day, UTC. */
  readonly label: string;
  readonly value: number;
}

const DAY_MS = 86_400_000;

/** The days from `from` to `to`, both included. */
export function days(from: string, to: string): readonly string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

/** One meter by day: the API leaves out the days without use, a chart must not. */
export function usageSeries(meter: Pick<Meter, 'points'>, from: string, to: string): readonly UsagePoint[] {
  const found = new Map(meter.points.map(({ at, quantity }) => [at, quantity]));
  return days(from, to).map((day) => ({ label: day, value: found.get(day) ?? 0 }));
}

/** The last days up to now. @param count at least 1 */
export function lastDays(now: Date, count: number): { readonly from: string; readonly to: string } {
  const to = now.toISOString().slice(0, 10);
  return { from: new Date(Date.parse(to) - (count - 1) * DAY_MS).toISOString().slice(0, 10), to };
}

const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `12.3M`, `950`, `0.25`. */
export function shortNumber(amount: number): string {
  const unit = UNITS.find(([size]) => Math.abs(amount) >= size);
  const value = unit ? amount / unit[0] : amount;
  return `${Number(value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2))}${unit?.[1] ?? ''}`;
}
