import { INVOICE_STATUSES, type Invoice, type InvoiceLine } from '@granary/api';
import Stripe from 'stripe';
import { BillingProviderError, BillingSettingsError } from '../billing-error';
import type { Customer } from '../customer';
import { monthOf } from '../month';
import type { BillingProvider, Subscriber } from '../provider';
import type { StripeSettings } from './stripe-settings';

export const STRIPE = 'stripe';

/**
 * Billing by Stripe. Each request that makes something carries an idempotency key made of what it is for, so that
 * asking again after a lost answer makes nothing twice.
 */
export function stripeProvider(
  stripe: Stripe,
  { prices, meters }: Pick<StripeSettings, 'prices' | 'meters'>,
): BillingProvider {
  const pricesOf = (tier: string): readonly string[] => {
    const ids = prices[tier];
    if (ids) return ids;
    throw new BillingSettingsError(`the billing settings have no Stripe prices for tier "${tier}"; add them`);
  };

  return {
    name: STRIPE,
    reportedMeters: Object.keys(meters),

    open: (subscriber) =>
      asking('open an account', async () => {
        const { tenantId, name, email, tier } = subscriber;
        const items = pricesOf(tier).map((price) => ({ price }));
        const customer = await stripe.customers.create(
          { name, email, metadata: { tenantId } },
          { idempotencyKey: `granary-customer-${tenantId}` },
        );
        const subscription = await stripe.subscriptions.create(
          { customer: customer.id, items, metadata: { tenantId, tier } },
          { idempotencyKey: `granary-subscription-${nameOf(subscriber)}` },
        );
        return { customerId: customer.id, subscriptionId: subscription.id };
      }),

    changePlan: (customer, subscriber) =>
      asking('change a plan', async () => {
        const { subscriptionId } = referenceOf(customer);
        const { tenantId, tier } = subscriber;
        const wanted = pricesOf(tier);
        const { items } = await stripe.subscriptions.retrieve(subscriptionId);
        const present = new Set(items.data.map(({ price }) => price.id));
        const gone = items.data.filter(({ price }) => !wanted.includes(price.id));
        await stripe.subscriptions.update(
          subscriptionId,
          {
            items: [
              ...gone.map(({ id }) => ({ id, deleted: true })),
              ...wanted.filter((price) => !present.has(price)).map((price) => ({ price })),
            ],
            metadata: { tenantId, tier },
            proration_behavior: 'create_prorations',
          },
          { idempotencyKey: `granary-plan-${nameOf(subscriber)}` },
        );
        return customer.reference;
      }),

    close: (customer) =>
      asking('close an account', async () => {
        const { subscriptionId } = referenceOf(customer);
        try {
          await stripe.subscriptions.cancel(subscriptionId, { invoice_now: true, prorate: true });
        } catch (error) {
          // It was cancelled before, and the answer was lost.
          if (!isMissing(error)) throw error;
        }
      }),

    report: (customer, { reportId, meterId, at, quantity }) =>
      asking('report usage', async () => {
        const event_name = meters[meterId];
        if (event_name === undefined) return;
        const { customerId } = referenceOf(customer);
        await stripe.billing.meterEvents.create(
          {
            event_name,
            identifier: reportId,
            timestamp: Math.floor(at.getTime() / 1000),
            payload: { stripe_customer_id: customerId, value: String(quantity) },
          },
          { idempotencyKey: `granary-usage-${reportId}` },
        );
      }),

    // Stripe closes its own periods.
    closeMonth: async () => undefined,

    invoices: (customer) =>
      asking('list invoices', async () => {
        const { customerId } = referenceOf(customer);
        const { data } = await stripe.invoices.list({ customer: customerId, limit: 100 });
        return data.map((invoice) => toInvoice(customer.tenantId, invoice));
      }),
  };
}

const nameOf = ({ tenantId, tier, since }: Subscriber) => `${tenantId}-${tier}-${Date.parse(since)}`;

function referenceOf({ tenantId, reference }: Customer): { customerId: string; subscriptionId: string } {
  const { customerId, subscriptionId } = reference;
  if (customerId && subscriptionId) return { customerId, subscriptionId };
  throw new BillingProviderError(`tenant "${tenantId}" has no account with Stripe; it was billed otherwise`);
}

function toInvoice(tenantId: string, invoice: Stripe.Invoice): Invoice {
  const month = monthOf(new Date(invoice.period_end * 1000));
  return {
    invoiceId: invoice.id ?? `${tenantId}-${month}`,
    tenantId,
    month,
    currency: invoice.currency.toUpperCase(),
    status: INVOICE_STATUSES.find((status) => status === invoice.status) ?? 'draft',
    total: invoice.total,
    lines: invoice.lines.data.map(
      ({ description, amount, quantity }): InvoiceLine => ({
        kind: 'other',
        description: description ?? '',
        month,
        ...(quantity === null ? {} : { quantity }),
        amount,
      }),
    ),
    issuedAt: new Date(invoice.created * 1000).toISOString(),
  };
}

const isMissing = (error: unknown) =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

/** Stripe's words are for people and hold no key, but what it says of a request may: type and code do. */
async function asking<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { type, code, requestId } = error;
    const words = [type, code, requestId].filter(Boolean).join(', ');
    throw new BillingProviderError(`stripe did not ${what}: ${words}`, { cause: new Error(type) });
  }
}
