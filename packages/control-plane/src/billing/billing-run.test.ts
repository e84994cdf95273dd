import type { Tenant } from '@granary/api';
import { ConflictProblem } from '@granary/api';
import type { Write } from '../control-table/control-table';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { ingestUsage } from '../usage/ingest-usage';
import { BillingProviderError } from './billing-error';
import { closePeriod } from './close-period';
import { type Customer, currentTier, readCustomer } from './customer';
import type { BillingProvider, Subscriber, UsageReport } from './provider';
import { reportUsage } from './report-usage';
import { type Billable, syncCustomer } from './sync-customers';

const CREATED = '2026-11-01T00:00:00.000Z';
const ACME: Billable = {
  tenantId: 'acme',
  name: 'Acme',
  tier: 'standard',
  adminEmail: 'admin@acme.example.com',
  status: 'active',
  createdAt: CREATED,
};

/** A provider that remembers, and knows a report again by its id. */
class MemoryProvider implements BillingProvider {
  readonly name = 'memory';
  readonly reportedMeters = ['requests'];
  readonly opened: Subscriber[] = [];
  readonly changed: Subscriber[] = [];
  readonly closed: string[] = [];
  readonly reports = new Map<string, UsageReport>();
  readonly months: string[] = [];
  failing = false;

  async open(subscriber: Subscriber) {
    this.opened.push(subscriber);
    return { id: 'cus_1' };
  }
  async changePlan(customer: Customer, subscriber: Subscriber) {
    this.changed.push(subscriber);
    return customer.reference;
  }
  async close({ tenantId }: Customer) {
    this.closed.push(tenantId);
  }
  async report(_customer: Customer, usage: UsageReport) {
    const known = this.reports.get(usage.reportId);
    if (known) expect(usage).toEqual(known);
    this.reports.set(usage.reportId, usage);
  }
  async closeMonth(_customer: Customer, month: string) {
    if (this.failing) throw new BillingProviderError('the provider is away');
    this.months.push(month);
    return `invoice-${month}`;
  }
  async invoices() {
    return [];
  }

  reported(): number {
    return [...this.reports.values()].reduce((sum, { quantity }) => sum + quantity, 0);
  }
}

function scene(table = new MemoryControlTable()) {
  const provider = new MemoryProvider();
  let clock = new Date('2026-11-24T22:30:00.000Z');
  const now = () => clock;
  const failed = async (_: string, error: Error) => Promise.reject(error);
  return {
    table,
    provider,
    at: (time: string) => {
      clock = new Date(time);
    },
    sync: (changes: Partial<Billable> = {}) =>
      syncCustomer({ ...ACME, ...changes }, { table, provider, now }),
    use: (id: number, at: string) =>
      ingestUsage([{ id: `request:${id}`, tenantId: 'acme', at, meters: { requests: 1 } }], { table, now }),
    report: () => reportUsage({ table, provider, now, failed }),
    close: (month: string) => closePeriod(month, { table, provider, now }),
    customer: async () => (await readCustomer(table, 'acme')) as Customer,
  };
}

const events = (table: MemoryControlTable) =>
  table
    .all()
    .flatMap(({ pk, detailType, detail }) => (pk.startsWith('EVENT#') ? [{ detailType, detail }] : []));

test('a tenant becomes a customer once, from the day it was made', async () => {
  const { sync, provider, customer } = scene();
  await sync({ status: 'provisioning' });
  expect(provider.opened).toEqual([]);
  await sync();
  await sync();
  expect(provider.opened).toMatchObject([{ tenantId: 'acme', tier: 'standard', since: CREATED }]);
  expect(currentTier(await customer())).toBe('standard');
});

test('a change of tier ends one subscription and begins the next', async () => {
  const { sync, provider, customer, at } = scene();
  await sync();
  at('2026-11-25T10:00:00.000Z');
  await sync({ tier: 'premium' });
  expect(provider.changed).toMatchObject([{ tier: 'premium' }]);
  expect((await customer()).subscriptions).toEqual([
    { tier: 'standard', from: CREATED, until: '2026-11-25T10:00:00.000Z' },
    { tier: 'premium', from: '2026-11-25T10:00:00.000Z' },
  ]);
});

test('an inactive tenant stays a customer, and one that is gone is closed once', async () => {
  const { sync, provider, customer } = scene();
  await sync();
  await sync({ status: 'inactive' });
  expect(provider.closed).toEqual([]);
  const gone = 'offboarded' as Tenant['status'];
  await sync({ status: gone });
  await sync({ status: gone });
  expect(provider.closed).toEqual(['acme']);
  expect(currentTier(await customer())).toBeUndefined();
});

test('hours that are over are reported once, and what comes late is one more report of its hour', async () => {
  const { sync, use, report, provider, at } = scene();
  await sync();
  await use(1, '2026-11-24T20:10:00.000Z');
  await use(2, '2026-11-24T22:10:00.000Z');
  await report();
  await report();
  expect([...provider.reports.keys()]).toEqual(['acme-requests-2026-11-24T20-1']);
  at('2026-11-25T00:10:00.000Z');
  await use(3, '2026-11-24T20:50:00.000Z');
  await report();
  expect([...provider.reports.keys()].sort()).toEqual([
    'acme-requests-2026-11-24T20-1',
    'acme-requests-2026-11-24T20-2',
    'acme-requests-2026-11-24T22-1',
  ]);
  expect(provider.reported()).toBe(3);
});

/** Breaks the write of a report's state once, before it or after it. */
class BreakingTable extends MemoryControlTable {
  private left: number;

  constructor(
    nth: number,
    private readonly when: 'before' | 'after',
  ) {
    super();
    this.left = nth;
  }

  override async write(writes: readonly Write[]): Promise<void> {
    const told = writes.some((write) => write.type === 'put' && write.item.pk.startsWith('USAGE-REPORT#'));
    if (told) this.left -= 1;
    const breaks = told && this.left === 0;
    if (breaks && this.when === 'before') throw new Error('the process ended');
    await super.write(writes);
    if (breaks) throw new Error('the process ended');
  }
}

test.each([1, 2, 3, 4].flatMap((nth) => [[nth, 'before'] as const, [nth, 'after'] as const]))(
  'a run that ends at its write %d, %s it, leaves nothing out and reports nothing twice',
  async (nth, when) => {
    const { sync, use, report, provider } = scene(new BreakingTable(nth, when));
    await sync();
    await use(1, '2026-11-24T19:10:00.000Z');
    await use(2, '2026-11-24T20:10:00.000Z');
    await expect(report()).rejects.toThrow('the process ended');
    // More arrives before the next run.
    await use(3, '2026-11-24T19:20:00.000Z');
    await report();
    expect(provider.reported()).toBe(3);
  },
);

test('a month is closed when it is over, once, and says so on the bus', async () => {
  const { sync, close, provider, at, table } = scene();
  await sync();
  await expect(close('2026-11')).rejects.toThrow(ConflictProblem);
  at('2026-12-02T00:00:00.000Z');
  expect(await close('2026-11')).toMatchObject({ status: 'closed', invoices: 1, failures: [] });
  expect(await close('2026-11')).toMatchObject({ status: 'closed', invoices: 1 });
  expect(provider.months).toEqual(['2026-11']);
  expect(events(table)).toMatchObject([
    { detailType: 'sbt_aws_billingSuccess', detail: { tenantId: 'acme', period: '2026-11' } },
  ]);
});

test('a customer that fails keeps its month open, is told of, and is tried again', async () => {
  const { sync, close, provider, at, table } = scene();
  await sync();
  at('2026-12-02T00:00:00.000Z');
  provider.failing = true;
  expect(await close('2026-11')).toMatchObject({
    status: 'closing',
    failures: [{ tenantId: 'acme', reason: 'the provider is away' }],
  });
  expect(events(table)).toMatchObject([{ detailType: 'sbt_aws_billingFailure' }]);
  provider.failing = false;
  expect(await close('2026-11')).toMatchObject({ status: 'closed', failures: [] });
});
