import { costsSchema } from '@granary/api';
import fc from 'fast-check';
import { type MonthCounter, SHARED } from '../usage/usage-counter';
import { apportion } from './apportion';
import { PRICE_LIST } from './price-list';

const counter = (owner: string, meterId: string, quantity: number, region = 'us-east-1'): MonthCounter => ({
  owner,
  meterId,
  quantity,
  region,
  month: '2026-11',
  records: 1,
  late: 0,
});

const costs = (...counters: readonly MonthCounter[]) => apportion('2026-11', counters, PRICE_LIST);

/** Billionths of a dollar. */
const nano = (usd: string) => BigInt(usd.replace('.', ''));

test('a million requests of a tenant cost what the list says, as API calls and as invocations', () => {
  const [acme] = costs(counter('acme', 'requests', 1_000_000)).tenants;
  expect(acme).toMatchObject({
    tenantId: 'acme',
    usd: '3.700000000',
    lines: [
      { kind: 'invocations', quantity: 1_000_000, unit: 'invocations', usd: '0.200000000' },
      { kind: 'requests', quantity: 1_000_000, unit: 'requests', usd: '3.500000000' },
    ],
  });
});

test('time is priced by the GB-second, and capacity by the million request units', () => {
  // 512 MB for two seconds, a thousand times: 1,000 GB-seconds.
  const { tenants } = costs(
    counter('acme', 'function-mb-ms', 512 * 2000 * 1000),
    counter('acme', 'read-units', 2_000_000),
    counter('acme', 'write-units', 1_000_000),
  );
  expect(tenants[0]?.lines).toMatchObject([
    { kind: 'functions', quantity: 1000, unit: 'GB-seconds', usd: '0.013333400' },
    { kind: 'reads', usd: '0.250000000' },
    { kind: 'writes', usd: '0.625000000' },
  ]);
});

test('what functions took beyond the tenants is shown apart, and nobody pays for it', () => {
  const alone = costs(counter('acme', 'function-mb-ms', 1_024_000));
  const together = costs(
    counter('acme', 'function-mb-ms', 1_024_000),
    counter(SHARED, 'billed-function-mb-ms', 4 * 1_024_000),
    counter(SHARED, 'requests', 10),
  );
  expect(together.tenants).toEqual(alone.tenants);
  expect(together.shared.lines).toMatchObject([
    { kind: 'functions', quantity: 3 },
    { kind: 'requests', quantity: 10 },
  ]);
});

test('a region has its own prices, and one without prices is named, not guessed', () => {
  const { tenants, unpriced } = costs(
    counter('acme', 'write-units', 1_000_000, 'eu-west-1'),
    counter('acme', 'write-units', 1_000_000, 'sa-east-1'),
  );
  expect(tenants[0]).toMatchObject({ usd: '0.706800000' });
  expect(unpriced).toEqual(['sa-east-1']);
});

test('the tenants and the remainder together are the total, to the billionth', () => {
  const counters = fc.array(
    fc.record({
      owner: fc.constantFrom('acme', 'globex', 'initech', SHARED),
      meterId: fc.constantFrom(
        'requests',
        'invocations',
        'function-mb-ms',
        'billed-function-mb-ms',
        'read-units',
        'write-units',
        'order-placed',
      ),
      region: fc.constantFrom('us-east-1', 'eu-west-1', 'unknown'),
      quantity: fc.integer({ min: 0, max: 2 ** 40 }).map((thousandths) => thousandths / 1000),
      month: fc.constant('2026-11'),
      records: fc.constant(1),
      late: fc.constant(0),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(counters, (given) => {
      const { total, tenants, shared, ...rest } = costs(...given);
      expect(costsSchema.parse({ total, tenants, shared, ...rest })).toBeDefined();
      const parties = [...tenants, shared];
      expect(parties.reduce((sum, { usd }) => sum + nano(usd), 0n)).toBe(nano(total));
      for (const { usd, lines } of parties) {
        expect(lines.reduce((sum, line) => sum + nano(line.usd), 0n)).toBe(nano(usd));
        for (const line of lines) expect(nano(line.usd)).toBeGreaterThanOrEqual(0n);
      }
    }),
  );
});
