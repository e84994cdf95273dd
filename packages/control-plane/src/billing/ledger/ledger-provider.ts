import { type Invoice, invoiceLineSchema, invoiceSchema, planPriceSchema } from '@granary/api';
import * as z from 'zod';
import { type ControlTable, type Write, WriteRefusedError } from '../../control-table/control-table';
import { recordCodec } from '../../control-table/record-codec';
import { readHours } from '../../usage/usage-counter';
import { MAX_LATENESS_DAYS } from '../../usage/usage-hour';
import type { Plans } from '../billing-plans';
import type { Customer } from '../customer';
import { monthBefore } from '../month';
import type { BillingProvider } from '../provider';
import { type BilledStretch, correctionLines, invoiceLines, stretchesOf, type UsedIn } from './invoice-lines';

export const LEDGER = 'ledger';

/** Months before the one that is closed whose usage may still have grown. */
const CORRECTED_MONTHS = Math.ceil(MAX_LATENESS_DAYS / 28);

const storedInvoiceSchema = invoiceSchema.extend({
  /** What the prices were, for corrections. */
  stretches: z.array(
    z.object({
      tier: z.string(),
      price: planPriceSchema,
      fromHour: z.string(),
      toHour: z.string(),
      milliseconds: z.number(),
    }),
  ),
});
type StoredInvoice = z.output<typeof storedInvoiceSchema>;

const invoicePartition = (tenantId: string) => `INVOICE#${tenantId}`;

const invoiceCodec = recordCodec(storedInvoiceSchema, ({ tenantId, month }) => ({
  pk: invoicePartition(tenantId),
  sk: month,
  listPk: `INVOICE#${month}`,
  listSk: tenantId,
}));

/** One amount between two accounts: what one is owed, the other one gave. */
export const ledgerEntrySchema = z.object({
  entryId: z.string(),
  tenantId: z.string(),
  invoiceId: z.string(),
  debit: z.literal('receivable'),
  credit: z.enum(['revenue:subscription', 'revenue:usage', 'revenue:correction']),
  currency: z.string(),
  amount: z.number().int(),
  postedAt: z.iso.datetime(),
});

const entryCodec = recordCodec(ledgerEntrySchema, ({ tenantId, entryId }) => ({
  pk: `LEDGER#${tenantId}`,
  sk: entryId,
}));

export interface LedgerOptions {
  readonly table: ControlTable;
  readonly plans: Plans;
  readonly now: () => Date;
}

/**
 * The built-in provider: it needs no account. Invoices are written at the close of a month from the counts, once;
 * no line is ever changed. What comes later is a line of a later invoice.
 */
export function ledgerProvider({ table, plans, now }: LedgerOptions): BillingProvider {
  return {
    name: LEDGER,
    reportedMeters: [],
    open: async () => ({}),
    changePlan: async () => ({}),
    close: async () => undefined,
    report: async () => undefined,

    async closeMonth(customer, month) {
      const { tenantId } = customer;
      const invoices = await storedInvoices(table, tenantId);
      const done = invoices.find((invoice) => invoice.month === month);
      if (done) return done.invoiceId;
      const invoice = await composeInvoice(customer, month, invoices);
      if (!invoice) return undefined;
      try {
        await table.write([
          { type: 'put', item: invoiceCodec.encode(invoice), expect: { kind: 'absent' } },
          ...postings(invoice),
        ]);
      } catch (error) {
        // Somebody closed it at the same time, from the same counts.
        if (!(error instanceof WriteRefusedError)) throw error;
      }
      return invoice.invoiceId;
    },

    invoices: async ({ tenantId }) =>
      (await storedInvoices(table, tenantId)).reverse().map((invoice) => invoiceSchema.parse(invoice)),
  };

  async function composeInvoice(
    { tenantId, subscriptions }: Customer,
    month: string,
    invoices: readonly StoredInvoice[],
  ): Promise<StoredInvoice | undefined> {
    const stretches = stretchesOf(subscriptions, plans, month);
    const lines = invoiceLines(month, stretches, await usedIn(tenantId, stretches));
    for (let back = CORRECTED_MONTHS; back >= 1; back -= 1) {
      const earlier = monthBefore(month, back);
      const closed = invoices.find((invoice) => invoice.month === earlier);
      if (!closed) continue;
      const billed = invoices.flatMap((invoice) => invoice.lines);
      const used = await usedIn(tenantId, closed.stretches);
      lines.push(...correctionLines(earlier, closed.stretches, used, billed));
    }
    const currency = stretches[0]?.price.currency ?? invoices.at(-1)?.currency;
    if (currency === undefined || (stretches.length === 0 && lines.length === 0)) return undefined;
    return {
      invoiceId: `${tenantId}-${month}`,
      tenantId,
      month,
      currency,
      status: 'open',
      total: lines.reduce((total, { amount }) => total + amount, 0),
      lines: lines.map((line) => invoiceLineSchema.parse(line)),
      issuedAt: now().toISOString(),
      stretches,
    };
  }

  /** Reads each counter once, whoever asks. */
  async function usedIn(tenantId: string, stretches: readonly BilledStretch[]): Promise<UsedIn> {
    const sums = new Map<string, number>();
    for (const stretch of stretches)
      for (const meterId of Object.keys(stretch.price.usage)) {
        const hours = { from: stretch.fromHour, to: stretch.toHour };
        const counters = await readHours(table, { owner: tenantId, meterId, ...hours });
        const total = counters.reduce((sum, { quantity }) => sum + quantity, 0);
        sums.set(nameOf(meterId, stretch), Math.round(total * 1000) / 1000);
      }
    return (meterId, stretch) => sums.get(nameOf(meterId, stretch)) ?? 0;
  }
}

const nameOf = (meterId: string, { fromHour, toHour }: BilledStretch) => `${meterId} ${fromHour} ${toHour}`;

async function storedInvoices(table: ControlTable, tenantId: string): Promise<StoredInvoice[]> {
  const { items } = await table.query({ pk: invoicePartition(tenantId), descending: true, limit: 100 });
  return items.map((item) => invoiceCodec.decode(item)).reverse();
}

/** One entry for each kind of line. */
function postings({ invoiceId, tenantId, currency, lines, issuedAt }: Invoice): Write[] {
  return (['subscription', 'usage', 'correction'] as const).flatMap((kind): Write[] => {
    const amount = lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + line.amount, 0);
    if (amount === 0) return [];
    const entry = {
      entryId: `${invoiceId}#${kind}`,
      tenantId,
      invoiceId,
      debit: 'receivable' as const,
      credit: `revenue:${kind}` as const,
      currency,
      amount,
      postedAt: issuedAt,
    };
    return [{ type: 'put', item: entryCodec.encode(entry), expect: { kind: 'absent' } }];
  });
}
