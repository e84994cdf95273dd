import type {
  Meter,
  MeterUsage,
  TenantUsage,
  TenantUsageQuery,
  UsageGranularity,
  UsageSpan,
} from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { listMeters, readMeter } from './meter-registry';
import { type HourCounter, readDay, readHours, readMonth, SHARED } from './usage-counter';
import { daysOf } from './usage-hour';

/** Partitions that are read at the same time. */
const AT_ONCE = 10;
/** Characters of an hour's name that say the hour, its day, its month. */
const PRECISION: Readonly<Record<UsageGranularity, number>> = { hour: 13, day: 10, month: 7 };

type Definition = Pick<Meter, 'aggregation' | 'unit'>;

/** A meter that nobody defined yet: services may record before operators look. */
const UNDEFINED: Definition = { aggregation: 'sum', unit: 'units' };

const amountOf = ({ aggregation }: Definition, { quantity, records }: HourCounter) =>
  aggregation === 'count' ? records : quantity;

/** One meter over all tenants, the greatest first. @throws NotFoundProblem */
export async function meterUsage(table: ControlTable, meterId: string, span: UsageSpan): Promise<MeterUsage> {
  const meter = await readMeter(table, meterId);
  const sums = new Map<string, number>();
  const days = daysOf(span);
  for (let at = 0; at < days.length; at += AT_ONCE) {
    const read = days.slice(at, at + AT_ONCE).map((day) => readDay(table, meterId, day));
    for (const counter of (await Promise.all(read)).flat())
      sums.set(counter.owner, (sums.get(counter.owner) ?? 0) + amountOf(meter, counter));
  }
  const tenants = [...sums]
    .map(([owner, quantity]) => ({ tenantId: owner === SHARED ? 'shared' : owner, quantity: tidy(quantity) }))
    .sort((one, other) => other.quantity - one.quantity || (one.tenantId < other.tenantId ? -1 : 1));
  return { meter, ...span, total: tidy(sum(tenants.map(({ quantity }) => quantity))), tenants };
}

/** All meters of one tenant that it used. */
export async function tenantUsage(
  table: ControlTable,
  tenantId: string,
  { from, to, granularity }: TenantUsageQuery,
): Promise<TenantUsage> {
  const definitions = new Map((await listMeters(table)).map((meter) => [meter.meterId, meter]));
  const months = [...new Set(daysOf({ from, to }).map((day) => day.slice(0, 7)))];
  const used = await Promise.all(months.map((month) => readMonth(table, tenantId, month)));
  const meterIds = [...new Set(used.flat().map(({ meterId }) => meterId))].sort();
  const hours = { from: `${from}T00`, to: `${to}T23` };
  const meters = await Promise.all(
    meterIds.map(async (meterId) => {
      const definition = definitions.get(meterId) ?? UNDEFINED;
      const counters = await readHours(table, { owner: tenantId, meterId, ...hours });
      const points = new Map<string, number>();
      for (const counter of counters) {
        const at = counter.hour.slice(0, PRECISION[granularity]);
        points.set(at, (points.get(at) ?? 0) + amountOf(definition, counter));
      }
      return {
        meterId,
        unit: definition.unit,
        total: tidy(sum([...points.values()])),
        late: tidy(sum(counters.map(({ late }) => late))),
        points: [...points].map(([at, quantity]) => ({ at, quantity: tidy(quantity) })),
      };
    }),
  );
  return { tenantId, from, to, granularity, meters: meters.filter(({ points }) => points.length > 0) };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Counters hold thousandths; sums of them must not grow further digits. */
const tidy = (value: number) => Math.round(value * 1000) / 1000;
