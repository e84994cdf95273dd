import { type BillingPeriod, billingPeriodSchema, ConflictProblem } from '@granary/api';
import { type ControlTable, type Write, WriteRefusedError } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';
import { publishedEvent } from '../events/published-event';
import { BillingProviderError, BillingSettingsError } from './billing-error';
import { allCustomers, type Customer } from './customer';
import { monthSpan } from './month';
import type { BillingProvider } from './provider';

/** How long after its end a month may be closed, in hours: until then most of what is late has come. */
export const MONTH_CLOSES_AFTER_HOURS = 24;

const periodCodec = recordCodec(billingPeriodSchema, ({ month }) => ({
  ...periodKey(month),
  listPk: 'BILLING-PERIOD',
  listSk: month,
}));

const periodKey = (month: string) => ({ pk: `BILLING-PERIOD#${month}`, sk: 'PERIOD' });

export interface ClosePeriodOptions {
  readonly table: ControlTable;
  readonly provider: BillingProvider;
  readonly now: () => Date;
  /** When to stop and leave the rest to the next call. @default never */
  readonly deadline?: Date;
}

/** Whether a month may be closed. */
export function mayClose(month: string, now: Date): boolean {
  return now.getTime() >= monthSpan(month).end.getTime() + MONTH_CLOSES_AFTER_HOURS * 3_600_000;
}

/**
 * Closes a month: every customer that had a plan in it gets its invoice. A customer is closed once, with its event;
 * one that fails is told of and tried again by the next call.
 * @throws ConflictProblem when the month is not over
 */
export async function closePeriod(month: string, options: ClosePeriodOptions): Promise<BillingPeriod> {
  const { table, now, deadline } = options;
  if (!mayClose(month, now()))
    throw new ConflictProblem(
      `${month} can be closed from ${MONTH_CLOSES_AFTER_HOURS} hours after its end; come back then`,
    );
  const known = await table.get(periodKey(month));
  const period = known && periodCodec.decode(known);
  if (period?.status === 'closed') return period;
  const failures: BillingPeriod['failures'] = [];
  let invoices = 0;
  for await (const customer of allCustomers(table)) {
    if (!subscribedIn(customer, month)) continue;
    if (deadline && now() >= deadline) return save(table, { month, status: 'closing', invoices, failures });
    const outcome = await closeCustomer(customer, month, options);
    if (outcome.kind === 'failed') failures.push({ tenantId: customer.tenantId, reason: outcome.reason });
    else if (outcome.invoiceId !== undefined) invoices += 1;
  }
  if (failures.length > 0) return save(table, { month, status: 'closing', invoices, failures });
  return save(table, { month, status: 'closed', invoices, failures, closedAt: now().toISOString() });
}

type Outcome =
  | { readonly kind: 'done'; readonly invoiceId: string | undefined }
  | { readonly kind: 'failed'; readonly reason: string };

async function closeCustomer(
  customer: Customer,
  month: string,
  { table, provider, now }: ClosePeriodOptions,
): Promise<Outcome> {
  const { tenantId } = customer;
  const key = { pk: `BILLING#${tenantId}`, sk: `CLOSED#${month}` };
  const mark = await table.get(key);
  if (mark) return { kind: 'done', invoiceId: mark.invoiceId as string | undefined };
  const at = now().toISOString();
  const facts = { tenantId, provider: provider.name, period: month };
  try {
    const invoiceId = await provider.closeMonth(customer, month);
    const told = invoiceId && {
      eventId: `billing:${tenantId}:${month}`,
      detailType: 'sbt_aws_billingSuccess' as const,
      detail: { ...facts, invoiceId },
    };
    await table.write([
      { type: 'put', item: { ...key, invoiceId }, expect: { kind: 'absent' } },
      ...(told ? [publishedEvent(told, at)] : []),
    ]);
    return { kind: 'done', invoiceId };
  } catch (error) {
    // Another run closed it between.
    if (error instanceof WriteRefusedError) return { kind: 'done', invoiceId: undefined };
    if (!(error instanceof BillingProviderError || error instanceof BillingSettingsError)) throw error;
    await table.write([billingFailure({ ...facts, reason: error.message }, at)]);
    return { kind: 'failed', reason: error.message };
  }
}

/** The event of a tenant whose billing failed: one a day, however often it is tried. */
export function billingFailure(
  failure: {
    readonly tenantId: string;
    readonly provider: string;
    readonly reason: string;
    readonly period?: string;
  },
  at: string,
): Write {
  const eventId = `billing-failure:${failure.tenantId}:${failure.period ?? 'account'}:${at.slice(0, 10)}`;
  return publishedEvent({ eventId, detailType: 'sbt_aws_billingFailure', detail: failure }, at);
}

function subscribedIn({ subscriptions }: Customer, month: string): boolean {
  const { start, end } = monthSpan(month);
  return subscriptions.some(
    ({ from, until }) =>
      Date.parse(from) < end.getTime() && (until === undefined || Date.parse(until) > start.getTime()),
  );
}

async function save(table: ControlTable, period: BillingPeriod): Promise<BillingPeriod> {
  await table.write([{ type: 'put', item: periodCodec.encode(period), expect: { kind: 'any' } }]);
  return period;
}
