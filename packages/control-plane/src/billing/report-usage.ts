import * as z from 'zod';
import type { ControlTable, Item, Write } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';
import { type HourCounter, readHours } from '../usage/usage-counter';
import { hourOf, hourStart, MAX_LATENESS_DAYS } from '../usage/usage-hour';
import { allCustomers, type Customer } from './customer';
import type { BillingProvider } from './provider';
import { guarded, type SyncOptions } from './sync-customers';

/** What the provider was told of an hour. */
const reportSchema = z.object({
  tenantId: z.string(),
  meterId: z.string(),
  hour: z.string(),
  /** Told and taken. */
  reported: z.number(),
  /** Reports so far: part of each one's id. */
  sequence: z.number().int(),
  /** On its way: whether it was taken is not known. It is sent again as it was. */
  pending: z.number().optional(),
  revision: z.number().int(),
});
type Report = z.output<typeof reportSchema>;

const codec = recordCodec(reportSchema, ({ tenantId, meterId, hour }) => ({
  pk: `USAGE-REPORT#${tenantId}`,
  sk: `${meterId}#${hour}`,
}));

/** Hours of late usage that the provider still takes. A day less than what is counted: a report takes time too. */
const REPORTED_DAYS = MAX_LATENESS_DAYS - 1;

/**
 * Tells the provider what it was not told yet, hour by hour. What is on its way is written down before it is sent,
 * with its id and amount, so that a run that was cut off sends the very same again. Late usage is one more report
 * of its hour.
 */
export async function reportUsage(options: SyncOptions): Promise<void> {
  const { table, provider } = options;
  if (provider.reportedMeters.length === 0) return;
  for await (const customer of allCustomers(table))
    if (customer.provider === provider.name)
      await guarded(customer.tenantId, options, () => reportCustomer(customer, options));
}

async function reportCustomer(customer: Customer, options: SyncOptions): Promise<void> {
  const { table, provider, now } = options;
  const at = now().getTime();
  const from = hourOf(new Date(at - REPORTED_DAYS * 24 * 3_600_000));
  // The present hour still grows: it is told once it is over.
  const to = hourOf(new Date(at - 3_600_000));
  for (const meterId of provider.reportedMeters) {
    const counters = await readHours(table, { owner: customer.tenantId, meterId, from, to });
    const known = await reports(table, customer.tenantId, meterId, { from, to });
    for (const counter of counters)
      await reportHour(customer, counter, known.get(counter.hour), table, provider);
  }
}

async function reportHour(
  customer: Customer,
  { meterId, hour, quantity }: HourCounter,
  known: Report | undefined,
  table: ControlTable,
  provider: BillingProvider,
): Promise<void> {
  const { tenantId } = customer;
  let report = known ?? { tenantId, meterId, hour, reported: 0, sequence: 0, revision: 0 };
  // What an earlier run left on its way comes first, and then what came since.
  while (report.pending !== undefined || thousandths(quantity - report.reported) > 0) {
    if (report.pending === undefined) {
      const pending = thousandths(quantity - report.reported);
      report = await store(table, { ...report, pending, sequence: report.sequence + 1 });
    }
    const amount = report.pending as number;
    const reportId = `${tenantId}-${meterId}-${hour}-${report.sequence}`;
    await provider.report(customer, { reportId, meterId, at: hourStart(hour), quantity: amount });
    const { pending: _, ...rest } = report;
    report = await store(table, { ...rest, reported: thousandths(report.reported + amount) });
  }
}

const thousandths = (value: number) => Math.round(value * 1000) / 1000;

async function store(table: ControlTable, report: Report): Promise<Report> {
  const next = { ...report, revision: report.revision + 1 };
  const expect: Write['expect'] =
    report.revision === 0
      ? { kind: 'absent' }
      : { kind: 'equal', attribute: 'revision', value: report.revision };
  await table.write([{ type: 'put', item: codec.encode(next), expect }]);
  return next;
}

async function reports(
  table: ControlTable,
  tenantId: string,
  meterId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Map<string, Report>> {
  const found = new Map<string, Report>();
  let after: Item | undefined;
  for (;;) {
    const { items, more } = await table.query({
      pk: `USAGE-REPORT#${tenantId}`,
      from: `${meterId}#${from}`,
      to: `${meterId}#${to}`,
      ...(after ? { after: after.sk } : {}),
      limit: 500,
    });
    for (const item of items) found.set(codec.decode(item).hour, codec.decode(item));
    after = items.at(-1);
    if (!more || !after) return found;
  }
}
