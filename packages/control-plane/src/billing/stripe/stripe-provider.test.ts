import { BillingProviderError, BillingSettingsError } from '../billing-error';
import type { Customer } from '../customer';
import { type Asked, type StripeAnswer, StripeForTests } from './stripe-for-tests';
import { stripeProvider } from './stripe-provider';

const SETTINGS = {
  prices: { standard: ['price_s', 'price_requests'], premium: ['price_p', 'price_requests'] },
  meters: { requests: 'granary_requests' },
};
const SUBSCRIBER = {
  tenantId: 'acme',
  name: 'Acme',
  email: 'admin@acme.example.com',
  tier: 'standard',
  since: '2026-11-01T00:00:00.000Z',
};
const CUSTOMER: Customer = {
  tenantId: 'acme',
  provider: 'stripe',
  reference: { customerId: 'cus_1', subscriptionId: 'sub_1' },
  subscriptions: [{ tier: 'standard', from: SUBSCRIBER.since }],
  revision: 1,
};
const REPORT = {
  reportId: 'acme-requests-2026-11-24T22-1',
  meterId: 'requests',
  at: new Date('2026-11-24T22:00:00.000Z'),
  quantity: 12.5,
};

const ITEMS = [
  { id: 'si_1', object: 'subscription_item', price: { id: 'price_s', object: 'price' } },
  { id: 'si_2', object: 'subscription_item', price: { id: 'price_requests', object: 'price' } },
];

const ORDINARY: Readonly<Record<string, StripeAnswer>> = {
  'POST /v1/customers': { body: { id: 'cus_1', object: 'customer' } },
  'POST /v1/subscriptions': { body: { id: 'sub_1', object: 'subscription' } },
  'GET /v1/subscriptions/sub_1': {
    body: { id: 'sub_1', object: 'subscription', items: { object: 'list', data: ITEMS } },
  },
  'POST /v1/subscriptions/sub_1': { body: { id: 'sub_1', object: 'subscription' } },
  'DELETE /v1/subscriptions/sub_1': { body: { id: 'sub_1', object: 'subscription', status: 'canceled' } },
  'POST /v1/billing/meter_events': { body: { object: 'billing.meter_event' } },
};

let stripe: StripeForTests;
/** Answers that come before the ordinary ones, in turn. */
let first: StripeAnswer[];
const nameOf = ({ method, path }: Asked) => `${method} ${path}`;

beforeEach(async () => {
  first = [];
  stripe = await StripeForTests.start((asked) => {
    const answer = first.shift() ?? ORDINARY[nameOf(asked)];
    if (!answer)
      return { status: 404, body: { error: { type: 'invalid_request_error', message: 'no such route' } } };
    return answer;
  });
});
afterEach(() => stripe.stop());

const provider = () => stripeProvider(stripe.client(), SETTINGS);
const failure = (status: number, error: object): StripeAnswer => ({ status, body: { error } });

test('a tenant becomes a customer with a subscription to the prices of its tier', async () => {
  expect(await provider().open(SUBSCRIBER)).toEqual({ customerId: 'cus_1', subscriptionId: 'sub_1' });
  expect(stripe.done.map(({ form }) => form)).toEqual([
    { name: 'Acme', email: 'admin@acme.example.com', 'metadata[tenantId]': 'acme' },
    {
      customer: 'cus_1',
      'items[0][price]': 'price_s',
      'items[1][price]': 'price_requests',
      'metadata[tenantId]': 'acme',
      'metadata[tier]': 'standard',
    },
  ]);
});

test('opening again after a failure makes no second customer and no second subscription', async () => {
  await provider().open(SUBSCRIBER);
  await provider().open(SUBSCRIBER);
  expect(stripe.done.map(nameOf)).toEqual(['POST /v1/customers', 'POST /v1/subscriptions']);
});

test.each([
  ['a lost answer', { ...(ORDINARY['POST /v1/billing/meter_events'] as StripeAnswer), lost: true }],
  ['a fault of Stripe’s', failure(500, { type: 'api_error' })],
  ['another request under way', failure(409, { type: 'idempotency_error' })],
])('usage that meets %s is sent again, with its key, and counts once', async (_what, answer) => {
  first = [answer];
  await provider().report(CUSTOMER, REPORT);
  expect(stripe.asked).toHaveLength(2);
  expect(new Set(stripe.asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(stripe.done).toHaveLength(1);
  expect(stripe.done[0]?.form).toEqual({
    event_name: 'granary_requests',
    identifier: 'acme-requests-2026-11-24T22-1',
    timestamp: '1795557600',
    'payload[stripe_customer_id]': 'cus_1',
    'payload[value]': '12.5',
  });
});

test('a change of plan takes the old price off and keeps what both plans have', async () => {
  await provider().changePlan(CUSTOMER, { ...SUBSCRIBER, tier: 'premium' });
  expect(stripe.done.at(-1)?.form).toMatchObject({
    'items[0][id]': 'si_1',
    'items[0][deleted]': 'true',
    'items[1][price]': 'price_p',
    proration_behavior: 'create_prorations',
  });
});

test('closing what is closed already is fine', async () => {
  await provider().close(CUSTOMER, new Date());
  first = [failure(404, { type: 'invalid_request_error', code: 'resource_missing' })];
  await expect(provider().close(CUSTOMER, new Date())).resolves.toBeUndefined();
});

test('a refusal says what and why, without the request and without the key', async () => {
  first = [
    failure(402, { type: 'card_error', code: 'card_declined', message: 'rk_test_key of Acme was declined' }),
  ];
  const refused = provider().open(SUBSCRIBER);
  await expect(refused).rejects.toThrow(BillingProviderError);
  await expect(refused).rejects.toThrow(/^stripe did not open an account: .*card_declined/);
  await expect(refused).rejects.not.toThrow(/rk_test|Acme/);
});

test('a tier without prices is a fault of the settings', async () => {
  await expect(provider().open({ ...SUBSCRIBER, tier: 'platinum' })).rejects.toThrow(BillingSettingsError);
  expect(stripe.asked).toEqual([]);
});

test('invoices are those of Stripe', async () => {
  const invoice = {
    id: 'in_1',
    object: 'invoice',
    currency: 'usd',
    status: 'paid',
    total: 3125,
    created: 1780272000,
    period_end: 1780271999,
    lines: { object: 'list', data: [{ description: 'Standard', amount: 3125, quantity: 1 }] },
  };
  first = [{ body: { object: 'list', data: [invoice], has_more: false } }];
  expect(await provider().invoices(CUSTOMER)).toEqual([
    {
      invoiceId: 'in_1',
      tenantId: 'acme',
      month: '2026-05',
      currency: 'USD',
      status: 'paid',
      total: 3125,
      lines: [{ kind: 'other', description: 'Standard', month: '2026-05', quantity: 1, amount: 3125 }],
      issuedAt: '2026-06-01T00:00:00.000Z',
    },
  ]);
  expect(stripe.asked[0]?.form).toEqual({ customer: 'cus_1', limit: '100' });
});
