import type { CostKind, Costs } from '@granary/api';
import { type MonthCounter, SHARED } from '../usage/usage-counter';
import { MB_MS_PER_GB_SECOND, type PriceList, type UnitPrice } from './price-list';

/** How the meters say what a kind of cost was caused by. */
interface Source {
  /** The meter of what a tenant used. */
  readonly own: string;
  /** The meter of all that was used, by tenants or not. @default none: what no tenant used is metered as such */
  readonly whole?: string;
  readonly unit: string;
  /** The meter's units in one such unit. */
  readonly size: number;
}

const SOURCES: Readonly<Record<CostKind, Source>> = {
  functions: {
    own: 'function-mb-ms',
    whole: 'billed-function-mb-ms',
    unit: 'GB-seconds',
    size: MB_MS_PER_GB_SECOND,
  },
  invocations: { own: 'requests', whole: 'invocations', unit: 'invocations', size: 1 },
  requests: { own: 'requests', unit: 'requests', size: 1 },
  reads: { own: 'read-units', unit: 'read request units', size: 1 },
  writes: { own: 'write-units', unit: 'write request units', size: 1 },
};

type Line = Costs['shared']['lines'][number];
type Priced = Omit<Line, 'usd'> & { readonly nano: bigint };

/**
 * What a month cost, by who caused it. The parts are the whole to the billionth of a dollar: a tenant's share is
 * rounded down, and what rounding leaves is in the remainder.
 */
export function apportion(month: string, counters: readonly MonthCounter[], prices: PriceList): Costs {
  const regions = [...new Set(counters.map(({ region }) => region))].sort();
  const priced = regions.filter((region) => prices.regions[region]);
  const lines = new Map<string, Priced[]>();
  let total = 0n;
  for (const region of priced)
    for (const [kind, source] of Object.entries(SOURCES) as [CostKind, Source][]) {
      const price = prices.regions[region]?.[kind] as UnitPrice;
      const here = counters.filter((counter) => counter.region === region);
      const { own, rest } = shares(here, source);
      const whole = nanoDollars(sum(own.values()) + rest, price);
      const add = (owner: string, thousandths: bigint, nano: bigint) => {
        if (thousandths === 0n && nano === 0n) return;
        const quantity = Number(thousandths) / 1000 / source.size;
        lines.set(owner, [...(lines.get(owner) ?? []), { kind, region, quantity, unit: source.unit, nano }]);
      };
      let given = 0n;
      for (const [owner, thousandths] of own) {
        const nano = nanoDollars(thousandths, price);
        given += nano;
        add(owner, thousandths, nano);
      }
      add(SHARED, rest, whole - given);
      total += whole;
    }
  const party = (owner: string) => partyOf(lines.get(owner) ?? []);
  const owners = [...new Set(counters.map(({ owner }) => owner))].filter((owner) => owner !== SHARED).sort();
  return {
    month,
    total: usd(total),
    tenants: owners.map((tenantId) => ({ tenantId, ...party(tenantId) })),
    shared: party(SHARED),
    unpriced: regions.filter((region) => !priced.includes(region)),
    prices: { asOf: prices.asOf, sources: [...prices.sources] },
  };
}

/** What each tenant used and what nobody did, in thousandths of the meter's unit. */
function shares(counters: readonly MonthCounter[], { own: meterId, whole }: Source) {
  const own = new Map<string, bigint>();
  let unowned = 0n;
  let all = 0n;
  for (const counter of counters) {
    const thousandths = BigInt(Math.round(counter.quantity * 1000));
    if (counter.meterId === whole) all += thousandths;
    if (counter.meterId !== meterId) continue;
    if (counter.owner === SHARED) unowned += thousandths;
    else own.set(counter.owner, (own.get(counter.owner) ?? 0n) + thousandths);
  }
  if (whole === undefined) return { own, rest: unowned };
  // Less than the tenants' own: the reports of the functions are not all in yet.
  const beyond = all - sum(own.values());
  return { own, rest: beyond > 0n ? beyond : 0n };
}

const sum = (values: Iterable<bigint>) => [...values].reduce((total, value) => total + value, 0n);

/** Billionths of a dollar, rounded down. */
function nanoDollars(thousandths: bigint, { usd: price, per }: UnitPrice): bigint {
  const [whole = '0', fraction = ''] = price.split('.');
  const pico = BigInt(whole) * 10n ** 12n + BigInt(fraction.padEnd(12, '0').slice(0, 12));
  return (thousandths * pico) / (BigInt(per) * 1_000_000n);
}

function partyOf(lines: readonly Priced[]): { usd: string; lines: Line[] } {
  return {
    usd: usd(sum(lines.map(({ nano }) => nano))),
    lines: lines.map(({ nano, ...line }) => ({ ...line, usd: usd(nano) })),
  };
}

/** A decimal with nine digits after the point. */
function usd(nano: bigint): string {
  const digits = nano.toString().padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
