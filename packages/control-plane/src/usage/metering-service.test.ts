import { PRICE_LIST } from '../cost/price-list';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { ingestUsage } from './ingest-usage';
import { meteringService } from './metering-service';

const now = () => new Date('2026-11-24T22:30:00.000Z');

async function service() {
  const table = new MemoryControlTable();
  const use = (id: number, tenantId: string, at: string, meters: Record<string, number>) =>
    ingestUsage([{ id: `request:${id}`, tenantId, at, region: 'us-east-1', meters }], { table, now });
  await use(1, 'acme', '2026-11-23T10:00:00.000Z', { requests: 1, 'latency-points': 5 });
  await use(2, 'acme', '2026-11-24T10:00:00.000Z', { requests: 2, 'latency-points': 7 });
  await use(3, 'globex', '2026-11-24T11:00:00.000Z', { requests: 4 });
  const handler = meteringService({ table, prices: PRICE_LIST, telemetry: silentTelemetry().telemetry });
  return (wanted: Partial<GatewayRequest> & Pick<GatewayRequest, 'resource'>) =>
    request(handler, { method: 'GET', role: 'SystemAdmin', ...wanted });
}

const SPAN = { from: '2026-11-01', to: '2026-11-30' };

test('a meter over all tenants, the greatest first', async () => {
  const ask = await service();
  const params = { meterId: 'requests' };
  expect(await ask({ resource: '/usage/{meterId}', params, query: SPAN })).toMatchObject({
    status: 200,
    body: {
      total: 7,
      tenants: [
        { tenantId: 'globex', quantity: 4 },
        { tenantId: 'acme', quantity: 3 },
      ],
    },
  });
});

test.each([
  ['hour', ['2026-11-23T10', '2026-11-24T10']],
  ['day', ['2026-11-23', '2026-11-24']],
  ['month', ['2026-11']],
])('the meters of a tenant by the %s', async (granularity, at) => {
  const ask = await service();
  const params = { tenantId: 'acme' };
  const { body } = await ask({
    resource: '/tenants/{tenantId}/usage',
    params,
    query: { ...SPAN, granularity },
  });
  expect(body.meters).toMatchObject([
    { meterId: 'latency-points', total: 12 },
    { meterId: 'requests', unit: 'requests', total: 3, points: at.map((each) => ({ at: each })) },
  ]);
});

test('a meter that an operator adds says how what was recorded before counts', async () => {
  const ask = await service();
  const body = { meterId: 'latency-points', unit: 'points', aggregation: 'count' };
  expect(await ask({ method: 'POST', resource: '/meters', body })).toMatchObject({ status: 201 });
  expect(await ask({ method: 'POST', resource: '/meters', body })).toMatchObject({ status: 409 });
  const params = { meterId: 'latency-points' };
  expect(await ask({ resource: '/usage/{meterId}', params, query: SPAN })).toMatchObject({
    body: { total: 2 },
  });
  const { items } = (await ask({ resource: '/meters' })).body;
  expect(items.at(-1)).toEqual({ ...body, builtIn: false });
});

test('costs are apportioned, and those of one tenant are the same as in the whole', async () => {
  const ask = await service();
  const query = { month: '2026-11' };
  const all = (await ask({ resource: '/costs', query })).body;
  const one = (await ask({ resource: '/tenants/{tenantId}/cost', params: { tenantId: 'acme' }, query })).body;
  expect(one).toMatchObject(all.tenants[0]);
  expect(one.usd).toBe('0.000011100');
});

test.each([
  [
    'a meter that nobody defined',
    { resource: '/usage/{meterId}', params: { meterId: 'nothing' }, query: SPAN },
    404,
  ],
  [
    'a tenant that never was',
    { resource: '/tenants/{tenantId}/usage', params: { tenantId: 'nobody' }, query: SPAN },
    404,
  ],
  [
    'a span that ends before it begins',
    {
      resource: '/usage/{meterId}',
      params: { meterId: 'requests' },
      query: { from: '2026-11-30', to: '2026-11-01' },
    },
    400,
  ],
  [
    'a year at once',
    {
      resource: '/usage/{meterId}',
      params: { meterId: 'requests' },
      query: { from: '2026-01-01', to: '2026-12-31' },
    },
    400,
  ],
  ['a month that is none', { resource: '/costs', query: { month: '2026-13' } }, 400],
])('%s is answered with its status', async (_what, wanted, status) => {
  expect(await (await service())(wanted)).toMatchObject({ status });
});
