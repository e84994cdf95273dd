import { usageRecordSchema } from '@granary/api';
import { capturedOutput } from '../testing/captured-output';
import { gatewayEvent, LAMBDA_CONTEXT } from '../testing/gateway-event';
import { PRODUCT, PRODUCT_INPUT, productHandler } from '../testing/product-handler';
import { USAGE_FIELD, usageCollector } from './request-usage';

const AT = new Date('2026-03-01T12:00:00.000Z');
const REQUEST = { id: 'request-1', tenantId: 'acme', at: AT, milliseconds: 1.2, memory: 512 };

const recordsIn = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.includes(USAGE_FIELD))
    .map((line) => JSON.parse(JSON.parse(line)[USAGE_FIELD]));

it('a record holds the request, its time by its memory, its capacity and its events', () => {
  const units = [
    { read: 99, write: 99 },
    { read: 0.5, write: 2 },
  ];
  const taken = [...units];
  const usage = usageCollector({
    watch: () => undefined,
    take: () => taken.shift() ?? { read: 0, write: 0 },
  });
  usage.count('order-placed');
  usage.count('order-placed', 2);
  expect(usage.record(REQUEST)).toEqual({
    id: 'request:request-1',
    tenantId: 'acme',
    at: '2026-03-01T12:00:00.000Z',
    meters: { requests: 1, 'function-mb-ms': 1024, 'read-units': 0.5, 'write-units': 2, 'order-placed': 3 },
  });
});

it('meters that nothing was used of are left out', () => {
  expect(usageCollector().record({ ...REQUEST, memory: 0 }).meters).toEqual({ requests: 1 });
});

it("a tenant's request leaves its usage in its line, whatever the log level", async () => {
  const handler = productHandler({
    createProduct: async (_request, { usage, logger }) => {
      logger.setLogLevel('SILENT');
      usage.count('product-created');
      return PRODUCT;
    },
  });
  const call = { httpMethod: 'POST', resource: '/products', body: PRODUCT_INPUT };
  const { output } = await capturedOutput(() => handler(gatewayEvent(call), LAMBDA_CONTEXT));
  const [record, ...others] = recordsIn(output);
  expect(others).toEqual([]);
  expect(usageRecordSchema.parse(record)).toMatchObject({
    id: 'request:request-1',
    tenantId: 'acme',
    meters: { requests: 1, 'product-created': 1 },
  });
});

it('a refused or failed request is metered too, and a public one for nobody', async () => {
  const handler = productHandler();
  const bad = { httpMethod: 'POST', resource: '/products', body: '{' };
  const failed = await capturedOutput(() => handler(gatewayEvent(bad), LAMBDA_CONTEXT));
  expect(recordsIn(failed.output)).toHaveLength(1);
  const health = { httpMethod: 'GET', resource: '/health/product', authorizer: null };
  const open = await capturedOutput(() => handler(gatewayEvent(health), LAMBDA_CONTEXT));
  expect(recordsIn(open.output)).toEqual([]);
});
