import { ORDER_ROUTES } from '@granary/api';
import { applicationHandler } from '@granary/auth';
import { ulid } from 'ulidx';
import { newProduct } from '../entity/contract';
import { fakeDocuments } from '../entity/fake-documents';
import { callGateway, type GatewayAnswer, type GatewayCall, quietTelemetry } from '../gateway-call';
import { productTable } from '../product/table';
import { orderOperations } from './operations';

const WHEAT = newProduct({ name: 'wheat', price: 0.1 });
const ENVIRONMENT = { ORDER_TABLE_NAME: 'orders', PRODUCT_TABLE_NAME: 'products', TIER_SHARDS: { basic: 4 } };

/** The order function as API Gateway calls it, for a tenant whose catalogue has wheat. */
async function service() {
  const documents = fakeDocuments({ tenantId: 'acme' });
  await productTable({ documents, tableName: 'products', tenantId: 'acme', shards: 4 }).create(WHEAT);
  const telemetry = quietTelemetry('order');
  const addMetric = jest.spyOn(telemetry.metrics, 'addMetric');
  const handler = applicationHandler({
    service: 'order',
    routes: ORDER_ROUTES,
    operations: orderOperations(ENVIRONMENT),
    telemetry,
    documents: () => documents,
  });
  const call = (request: GatewayCall): Promise<GatewayAnswer> => callGateway(handler, request);
  return { call, metrics: () => addMetric.mock.calls };
}

const order = (productId: string, quantity: number) => ({
  orderName: 'spring',
  orderProducts: [{ productId, quantity }],
});

const ONE = '/orders/{orderId}';

it('an order goes through its life by the routes, and its business is counted', async () => {
  const { call, metrics } = await service();
  const placed = await call({ method: 'POST', resource: '/orders', body: order(WHEAT.productId, 3) });
  expect(placed).toMatchObject({ status: 201, etag: '"1"', body: { total: 0.3 } });
  const params = { orderId: placed.body.orderId };
  expect(await call({ method: 'GET', resource: ONE, params })).toMatchObject({
    status: 200,
    body: placed.body,
  });
  const change = { method: 'PUT', resource: ONE, params, body: order(WHEAT.productId, 7), ifMatch: '"1"' };
  expect(await call(change)).toMatchObject({ status: 200, etag: '"2"', body: { total: 0.7 } });
  expect(await call(change)).toMatchObject({ status: 412 });
  expect(await call({ method: 'GET', resource: '/orders' })).toMatchObject({
    body: { items: [{ version: 2 }] },
  });
  expect(await call({ method: 'DELETE', resource: ONE, params, ifMatch: '"2"' })).toMatchObject({
    status: 204,
  });
  expect(await call({ method: 'GET', resource: ONE, params })).toMatchObject({ status: 404 });
  expect(metrics()).toEqual(
    expect.arrayContaining([
      ['OrderPlaced', 'Count', 1],
      ['OrderValue', 'None', 0.3],
      ['OrderUpdated', 'Count', 1],
      ['OrderDeleted', 'Count', 1],
    ]),
  );
});

it('an order for an unknown product is answered with a pointer to its line', async () => {
  const { call } = await service();
  const answer = await call({ method: 'POST', resource: '/orders', body: order(ulid(), 1) });
  expect(answer).toMatchObject({
    status: 400,
    body: { violations: [{ in: 'body', pointer: '/orderProducts/0/productId' }] },
  });
});

it('a user without the role may not remove an order', async () => {
  const { call } = await service();
  const removal = { method: 'DELETE', resource: ONE, params: { orderId: ulid() }, ifMatch: '"1"' };
  expect(await call({ ...removal, role: 'TenantUser' })).toMatchObject({ status: 403 });
});
