import type { PlanPrice } from '@granary/api';
import fc from 'fast-check';
import { MemoryControlTable } from '../../rehearsal/memory-control-table';
import { ingestUsage } from '../../usage/ingest-usage';
import type { Plans } from '../billing-plans';
import type { Customer } from '../customer';
import { smallestUnits } from './invoice-lines';
import { ledgerProvider } from './ledger-provider';

const price: PlanPrice = { currency: 'USD', monthly: 30, usage: { requests: { unit: 1000, amount: 0.5 } } };
const limits = { throttle: { burst: 10, rate: 10 }, quota: { requestsPerDay: 1000 } };
const PLANS: Plans = {
  basic: { model: 'pool', limits },
  standard: { model: 'pool', limits, price },
  premium: {
    model: 'pool',
    limits,
    price: { ...price, monthly: 90, usage: { requests: { unit: 1000, amount: 0.1 } } },
  },
};

const customer = (...subscriptions: Customer['subscriptions']): Customer => ({
  tenantId: 'acme',
  provider: 'ledger',
  reference: {},
  subscriptions,
  revision: 1,
});

const SINCE_JANUARY = customer({ tier: 'standard', from: '2026-01-01T00:00:00.000Z' });

function ledger(plans = PLANS) {
  const table = new MemoryControlTable();
  let clock = new Date('2026-06-02T00:00:00.000Z');
  const provider = ledgerProvider({ table, plans, now: () => clock });
  let sent = 0;
  return {
    table,
    provider,
    use: (at: string, requests: number, received = at) => {
      sent += 1;
      const record = { id: `request:${sent}`, tenantId: 'acme', at, meters: { requests } };
      return ingestUsage([record], { table, now: () => new Date(received) });
    },
    at: (time: string) => {
      clock = new Date(time);
    },
  };
}

test('an invoice has the month and what was used, in cents', async () => {
  const { provider, use } = ledger();
  await use('2026-05-31T23:59:59.000Z', 2500);
  await use('2026-06-01T00:00:00.000Z', 9999);
  expect(await provider.closeMonth(SINCE_JANUARY, '2026-05')).toBe('acme-2026-05');
  expect(await provider.invoices(SINCE_JANUARY)).toMatchObject([
    {
      month: '2026-05',
      total: 3125,
      currency: 'USD',
      lines: [
        { kind: 'subscription', amount: 3000 },
        { kind: 'usage', meterId: 'requests', quantity: 2500, amount: 125 },
      ],
    },
  ]);
});

test('a month is invoiced once, and its invoice never changes', async () => {
  const { provider, use, table } = ledger();
  await provider.closeMonth(SINCE_JANUARY, '2026-05');
  const before = table.all().filter(({ pk }) => !pk.startsWith('USAGE'));
  await use('2026-05-20T10:00:00.000Z', 1000, '2026-06-02T00:00:00.000Z');
  await provider.closeMonth(SINCE_JANUARY, '2026-05');
  expect(table.all().filter(({ pk }) => !pk.startsWith('USAGE'))).toEqual(before);
});

test('what comes after the close is a line of the next invoice, at the prices of then', async () => {
  const plans = structuredClone(PLANS) as Record<string, Plans[string]>;
  const { provider, use } = ledger(plans);
  await use('2026-05-10T10:00:00.000Z', 1000);
  await provider.closeMonth(SINCE_JANUARY, '2026-05');
  await use('2026-05-20T10:00:00.000Z', 2000, '2026-06-02T00:00:00.000Z');
  plans.standard = {
    model: 'pool',
    limits,
    price: { ...price, usage: { requests: { unit: 1, amount: 100 } } },
  };
  await provider.closeMonth(SINCE_JANUARY, '2026-06');
  const [june] = await provider.invoices(SINCE_JANUARY);
  expect(june?.lines).toMatchObject([
    { kind: 'subscription', month: '2026-06' },
    { kind: 'correction', month: '2026-05', meterId: 'requests', quantity: 2000, amount: 100 },
  ]);
  await provider.closeMonth(SINCE_JANUARY, '2026-07');
  const [july] = await provider.invoices(SINCE_JANUARY);
  expect(july?.lines).toMatchObject([{ kind: 'subscription', month: '2026-07' }]);
});

test('a change of tier is billed by the time on each, and usage by the tier of its hour', async () => {
  const { provider, use } = ledger();
  const changed = customer(
    { tier: 'standard', from: '2026-01-01T00:00:00.000Z', until: '2026-06-16T00:00:00.000Z' },
    { tier: 'premium', from: '2026-06-16T00:00:00.000Z' },
  );
  await use('2026-06-15T23:30:00.000Z', 1000);
  await use('2026-06-16T00:30:00.000Z', 1000);
  await provider.closeMonth(changed, '2026-06');
  const [invoice] = await provider.invoices(changed);
  expect(invoice?.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['subscription', 1500],
    ['usage', 50],
    ['subscription', 4500],
    ['usage', 10],
  ]);
});

test('a free tier has no invoice', async () => {
  const { provider } = ledger();
  const free = customer({ tier: 'basic', from: '2026-01-01T00:00:00.000Z' });
  expect(await provider.closeMonth(free, '2026-05')).toBeUndefined();
  expect(await provider.invoices(free)).toEqual([]);
});

test.each([
  [1.005, 'USD', 101],
  [12, 'JPY', 12],
  [0.0049, 'EUR', 0],
])('%d %s is %d of its smallest unit', (amount, currency, units) => {
  expect(smallestUnits(amount, currency)).toBe(units);
});

test('in the end everything used is billed, whenever it came, and the ledger says what the invoices say', async () => {
  const use = fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    month: fc.constantFrom('2026-03', '2026-04'),
    // Days after, within the bound.
    delay: fc.integer({ min: 0, max: 34 }),
    requests: fc.integer({ min: 1, max: 20_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(use, { maxLength: 25 }), async (uses) => {
      const { provider, use: record, table } = ledger();
      const arrivals = uses
        .map(({ day, hour, month, delay, requests }) => {
          const at = new Date(`${month}-${String(day).padStart(2, '0')}T00:00:00.000Z`);
          at.setUTCHours(hour);
          return { at, received: new Date(at.getTime() + delay * 86_400_000), requests };
        })
        .sort((one, other) => one.received.getTime() - other.received.getTime());
      for (const month of ['2026-03', '2026-04', '2026-05', '2026-06']) {
        const close = new Date(`${month}-01T00:00:00.000Z`);
        close.setUTCMonth(close.getUTCMonth() + 1);
        close.setUTCDate(2);
        while (arrivals[0] && arrivals[0].received < close) {
          const { at, received, requests } = arrivals.shift() as (typeof arrivals)[number];
          await record(at.toISOString(), requests, received.toISOString());
        }
        await provider.closeMonth(SINCE_JANUARY, month);
      }
      expect(arrivals).toEqual([]);
      const invoices = await provider.invoices(SINCE_JANUARY);
      const lines = invoices.flatMap((invoice) => invoice.lines);
      for (const month of ['2026-03', '2026-04']) {
        const used = uses
          .filter((each) => each.month === month)
          .reduce((sum, { requests }) => sum + requests, 0);
        const billed = lines.filter((line) => line.meterId === 'requests' && line.month === month);
        expect(billed.reduce((sum, { quantity = 0 }) => sum + quantity, 0)).toBe(used);
        expect(billed.reduce((sum, { amount }) => sum + amount, 0)).toBe(smallestUnits(used * 0.0005, 'USD'));
      }
      const posted = table.all().filter(({ pk }) => pk === 'LEDGER#acme');
      expect(posted.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(
        invoices.reduce((sum, { total }) => sum + total, 0),
      );
    }),
    { numRuns: 40 },
  );
});
