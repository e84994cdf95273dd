import { PRODUCT_ROUTES, type Product } from '@granary/api';
import { applicationHandler } from '@granary/auth';
import { fakeDocuments } from '../entity/fake-documents';
import { callGateway, type GatewayAnswer, type GatewayCall, quietTelemetry } from '../gateway-call';
import { productOperations } from './operations';

const WHEAT = { sku: 'W-1', name: 'wheat', price: 12.5, category: 'grain' };

/** The product function as API Gateway calls it; every tenant's session reaches its own rows of one store. */
function service() {
  const store = new Map();
  const telemetry = quietTelemetry('product');
  const addMetric = jest.spyOn(telemetry.metrics, 'addMetric');
  const operations = productOperations({
    PRODUCT_TABLE_NAME: 'products',
    TIER_SHARDS: { basic: 4, premium: 8 },
  });
  const call = (request: GatewayCall): Promise<GatewayAnswer> =>
    callGateway(
      applicationHandler({
        service: 'product',
        routes: PRODUCT_ROUTES,
        operations,
        telemetry,
        documents: () => fakeDocuments({ tenantId: request.tenantId ?? 'acme', store }),
      }),
      request,
    );
  const create = (fields: Partial<GatewayCall> = {}) =>
    call({ method: 'POST', resource: '/products', body: WHEAT, ...fields });
  return { call, create, store, metrics: () => addMetric.mock.calls };
}

const ONE = '/products/{productId}';

it('a product goes through its life by the routes, and its business is counted', async () => {
  const { call, create, metrics } = service();
  const created = await create();
  expect(created).toMatchObject({ status: 201, etag: '"1"', body: WHEAT });
  const params = { productId: (created.body as Product).productId };
  expect(await call({ method: 'GET', resource: ONE, params })).toMatchObject({
    status: 200,
    body: created.body,
  });
  const change = { method: 'PUT', resource: ONE, params, body: { ...WHEAT, price: 13 }, ifMatch: '"1"' };
  expect(await call(change)).toMatchObject({ status: 200, etag: '"2"', body: { price: 13 } });
  expect(await call(change)).toMatchObject({ status: 412 });
  expect(await call({ method: 'DELETE', resource: ONE, params, ifMatch: '"2"' })).toMatchObject({
    status: 204,
  });
  expect(await call({ method: 'GET', resource: ONE, params })).toMatchObject({ status: 404 });
  expect(metrics()).toEqual(
    expect.arrayContaining([
      ['ProductCreated', 'Count', 1],
      ['ProductUpdated', 'Count', 1],
      ['ProductDeleted', 'Count', 1],
    ]),
  );
});

it("a tenant's rows lie on partitions of its own, as many as its tier has", async () => {
  const { create, store } = service();
  for (let count = 0; count < 60; count += 1) await create();
  const partitions = new Set([...store.values()].map(({ pk }) => pk));
  expect([...partitions].sort()).toEqual([0, 1, 2, 3].map((shard) => `TENANT#acme#${shard}`));
});

it('a tenant that moves to a tier with more shards keeps its rows', async () => {
  const { call, create } = service();
  for (let count = 0; count < 20; count += 1) await create({ tier: 'basic' });
  const listed = await call({
    method: 'GET',
    resource: '/products',
    tier: 'premium',
    query: { limit: '100' },
  });
  expect(listed.body.items).toHaveLength(20);
});

it('one tenant neither lists nor reads what another has', async () => {
  const { call, create } = service();
  const { body } = await create({ tenantId: 'globex' });
  expect(await call({ method: 'GET', resource: '/products' })).toMatchObject({ body: { items: [] } });
  const params = { productId: body.productId };
  expect(await call({ method: 'GET', resource: ONE, params })).toMatchObject({ status: 404 });
});

it('a list is bounded and refuses a token that it did not give', async () => {
  const { call, create } = service();
  for (let count = 0; count < 3; count += 1) await create();
  const list = (query: Readonly<Record<string, string>>) =>
    call({ method: 'GET', resource: '/products', query });
  const first = await list({ limit: '2' });
  const second = await list({ limit: '2', nextToken: first.body.nextToken });
  expect([first.body.items.length, second.body.items.length]).toEqual([2, 1]);
  expect(second.body).not.toHaveProperty('nextToken');
  expect(await list({ limit: '101' })).toMatchObject({ status: 400 });
  expect(await list({ nextToken: 'mine' })).toMatchObject({
    status: 400,
    body: { violations: [{ in: 'query', pointer: 'nextToken' }] },
  });
});

it('a tier that the deployment does not serve is a fault of ours, and the answer does not say which', async () => {
  const { call } = service();
  const answer = await call({ method: 'GET', resource: '/products', tier: 'gold' });
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('gold');
});
