import { tenantIdSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';
import type { ControlTable, Item, Write } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';

/** A stretch of time on one tier. Hours are `2026-11-24T22`, UTC: usage is known by the hour. */
export const subscriptionSchema = z.object({
  tier: tierNameSchema,
  from: z.iso.datetime(),
  /** @default it goes on */
  until: z.iso.datetime().optional(),
});
export type Subscription = z.output<typeof subscriptionSchema>;

/** A tenant as whoever bills it knows it. */
export const customerSchema = z.object({
  tenantId: tenantIdSchema,
  provider: z.string().max(32),
  /** The provider's own ids. @default none: the ledger knows it by its tenant's id */
  reference: z.record(z.string(), z.string().max(255)).default({}),
  /** By time; the last may go on. */
  subscriptions: z.array(subscriptionSchema).min(1).max(500),
  /** Grows by one with each write. */
  revision: z.number().int().min(1),
});
export type Customer = z.output<typeof customerSchema>;

const LIST = 'BILLING-CUSTOMER';

const customerKey = (tenantId: string) => ({ pk: `BILLING#${tenantId}`, sk: 'CUSTOMER' });

const codec = recordCodec(customerSchema, ({ tenantId }) => ({
  ...customerKey(tenantId),
  listPk: LIST,
  listSk: tenantId,
}));

export async function readCustomer(table: ControlTable, tenantId: string): Promise<Customer | undefined> {
  const item = await table.get(customerKey(tenantId));
  return item && codec.decode(item);
}

/** Every customer, closed ones too. */
export async function* allCustomers(table: ControlTable): AsyncGenerator<Customer> {
  let after: Item | undefined;
  for (;;) {
    const { items, more } = await table.list({ list: LIST, limit: 100, ...(after ? { after } : {}) });
    for (const item of items) yield codec.decode(item);
    after = items.at(-1);
    if (!more || !after) return;
  }
}

export function newCustomer(customer: Omit<Customer, 'revision'>): Write {
  return { type: 'put', item: codec.encode({ ...customer, revision: 1 }), expect: { kind: 'absent' } };
}

/** Stores a changed customer, unless somebody else changed it since it was read. */
export function replaceCustomer(customer: Customer): Write {
  const { revision } = customer;
  const item = codec.encode({ ...customer, revision: revision + 1 });
  return { type: 'put', item, expect: { kind: 'equal', attribute: 'revision', value: revision } };
}

/** The tier that goes on. @returns undefined for a customer that was closed */
export function currentTier({ subscriptions }: Customer): string | undefined {
  const last = subscriptions.at(-1);
  return last && last.until === undefined ? last.tier : undefined;
}
