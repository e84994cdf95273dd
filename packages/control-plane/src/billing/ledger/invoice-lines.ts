import type { InvoiceLine, PlanPrice } from '@granary/api';
import type { Plans } from '../billing-plans';
import type { Subscription } from '../customer';
import { monthSpan } from '../month';

/** A stretch of a month on one tier, and the price that holds for it: kept with the invoice, for corrections. */
export interface BilledStretch {
  readonly tier: string;
  readonly price: PlanPrice;
  /** Hours, both included, as usage is counted by: `2026-11-24T22`. */
  readonly fromHour: string;
  readonly toHour: string;
  /** The part of the month, in milliseconds. */
  readonly milliseconds: number;
}

/** What was used of a meter in a stretch. */
export type UsedIn = (meterId: string, stretch: BilledStretch) => number;

const HOUR = 3_600_000;

/** The stretches of a month that cost something, by the prices of now. An hour belongs to the tier that it began with. */
export function stretchesOf(
  subscriptions: readonly Subscription[],
  plans: Plans,
  month: string,
): BilledStretch[] {
  const { start, end } = monthSpan(month);
  return subscriptions.flatMap(({ tier, from, until }) => {
    const price = plans[tier]?.price;
    const begins = Math.max(Date.parse(from), start.getTime());
    const ends = Math.min(until === undefined ? end.getTime() : Date.parse(until), end.getTime());
    if (!price || begins >= ends) return [];
    const first = Date.parse(from) <= start.getTime() || subscriptions[0]?.from === from;
    // The hour in which a tier changes belongs to the tier before.
    const fromHour = first ? Math.floor(begins / HOUR) : Math.ceil(begins / HOUR);
    const toHour = Math.ceil(ends / HOUR) - 1;
    return [{ tier, price, fromHour: hour(fromHour), toHour: hour(toHour), milliseconds: ends - begins }];
  });
}

const hour = (count: number) => new Date(count * HOUR).toISOString().slice(0, 13);

/** What a month costs: the tiers by the time on them, and what was used by its quantity. */
export function invoiceLines(
  month: string,
  stretches: readonly BilledStretch[],
  used: UsedIn,
): InvoiceLine[] {
  const { start, end } = monthSpan(month);
  const whole = end.getTime() - start.getTime();
  return stretches.flatMap((stretch): InvoiceLine[] => {
    const { tier, price, milliseconds } = stretch;
    const share = milliseconds / whole;
    const subscription: InvoiceLine = {
      kind: 'subscription',
      description: share === 1 ? tier : `${tier}, ${Math.round(share * 1000) / 10} % of the month`,
      month,
      amount: smallestUnits(price.monthly * share, price.currency),
    };
    return [
      ...(price.monthly > 0 ? [subscription] : []),
      ...Object.keys(price.usage).flatMap((meterId) => {
        const quantity = used(meterId, stretch);
        return quantity > 0 ? [usageLine(month, stretch, meterId, quantity)] : [];
      }),
    ];
  });
}

function usageLine(
  month: string,
  { tier, price }: BilledStretch,
  meterId: string,
  quantity: number,
): InvoiceLine {
  return {
    kind: 'usage',
    description: `${meterId} (${tier})`,
    month,
    meterId,
    quantity,
    amount: usageAmount(price, meterId, quantity),
  };
}

export function usageAmount(price: PlanPrice, meterId: string, quantity: number): number {
  const { unit, amount } = price.usage[meterId] ?? { unit: 1, amount: 0 };
  return smallestUnits((quantity / unit) * amount, price.currency);
}

/**
 * What came after a month was closed: the difference between what its usage comes to now and what was billed for
 * it, by the prices of then.
 * @param billed lines of all invoices, of whichever month, that are for `month`
 */
export function correctionLines(
  month: string,
  stretches: readonly BilledStretch[],
  used: UsedIn,
  billed: readonly InvoiceLine[],
): InvoiceLine[] {
  const meterIds = [...new Set(stretches.flatMap(({ price }) => Object.keys(price.usage)))];
  return meterIds.flatMap((meterId): InvoiceLine[] => {
    const before = billed.filter((line) => line.meterId === meterId && line.month === month);
    const due = stretches
      .filter(({ price }) => price.usage[meterId])
      .map((stretch) => ({ quantity: used(meterId, stretch), price: stretch.price }));
    const quantity = thousandths(
      sum(due.map((each) => each.quantity)) - sum(before.map((each) => each.quantity ?? 0)),
    );
    const amount =
      sum(due.map((each) => usageAmount(each.price, meterId, each.quantity))) -
      sum(before.map((each) => each.amount));
    if (quantity === 0 && amount === 0) return [];
    return [
      { kind: 'correction', description: `${meterId}, counted late`, month, meterId, quantity, amount },
    ];
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const thousandths = (value: number) => Math.round(value * 1000) / 1000;

/** Cents, or whatever is the smallest of the currency; half of one counts as one. */
export function smallestUnits(amount: number, currency: string): number {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  // Rounded to a millionth first: 1.005 is a little less than that in binary.
  return Math.round(Math.round(amount * 10 ** (digits.maximumFractionDigits ?? 2) * 1e6) / 1e6);
}
