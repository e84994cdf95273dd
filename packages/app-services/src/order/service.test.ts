import { InvalidRequestProblem, NotFoundProblem, type Product, VersionMismatchProblem } from '@granary/api';
import { ulid } from 'ulidx';
import type { BusinessMetric } from '../business-metric';
import { newProduct } from '../entity/contract';
import { type MemoryRows, memoryTable } from '../entity/memory-table';
import { PRODUCT_KIND } from '../product/table';
import { orderService } from './service';
import { ORDER_KIND } from './table';

const WHEAT = newProduct({ name: 'wheat', price: 0.1 });
const RYE = newProduct({ name: 'rye', price: 19.99 });

/** A shop whose catalogue has wheat and rye. */
async function shop() {
  const metered: [BusinessMetric, number][] = [];
  const rows: MemoryRows = new Map();
  const own = { tenantId: 'acme', shards: 4 };
  const products = memoryTable<Product>({ kind: PRODUCT_KIND, rows, ...own });
  for (const product of [WHEAT, RYE]) await products.create(product);
  const service = orderService({
    table: memoryTable({ kind: ORDER_KIND, rows: new Map(), ...own }),
    products,
    newId: () => ulid(),
    now: () => new Date('2026-01-01T00:00:00.000Z'),
    meter: (metric, value) => metered.push([metric, value]),
  });
  return { service, products, rows, metered };
}

const asking = (...lines: readonly (readonly [productId: string, quantity: number])[]) => ({
  orderName: 'spring',
  orderProducts: lines.map(([productId, quantity]) => ({ productId, quantity })),
});

it('an order is sold at the prices of the catalogue, and counted with its value', async () => {
  const { service, metered } = await shop();
  const order = await service.create(asking([WHEAT.productId, 3], [RYE.productId, 2]));
  expect(order).toMatchObject({
    orderName: 'spring',
    orderProducts: [
      { productId: WHEAT.productId, quantity: 3, name: 'wheat', price: 0.1 },
      { productId: RYE.productId, quantity: 2, name: 'rye', price: 19.99 },
    ],
    total: 40.28,
    version: 1,
  });
  expect(await service.get(order.orderId)).toEqual(order);
  expect(metered).toEqual([
    ['OrderPlaced', 1],
    ['OrderValue', 40.28],
  ]);
});

it('an order keeps what it sold when the product changes or goes', async () => {
  const { service, products } = await shop();
  const order = await service.create(asking([WHEAT.productId, 1], [RYE.productId, 1]));
  await products.change(WHEAT.productId, 1, { price: 99, name: 'spelt' });
  await products.remove(RYE.productId, 1);
  expect(await service.get(order.orderId)).toEqual(order);
});

it('an order for unknown products is refused whole, and not counted', async () => {
  const { service, metered } = await shop();
  const placing = service.create(asking([WHEAT.productId, 1], [ulid(), 1]));
  await expect(placing).rejects.toThrow(InvalidRequestProblem);
  await expect(placing).rejects.toMatchObject({
    violations: [{ in: 'body', pointer: '/orderProducts/1/productId' }],
  });
  expect(await service.list({ limit: 10 })).toEqual({ items: [] });
  expect(metered).toEqual([]);
});

it("another tenant's product is unknown", async () => {
  const { service, rows } = await shop();
  const foreign = newProduct();
  await memoryTable({ kind: PRODUCT_KIND, rows, tenantId: 'globex', shards: 4 }).create(foreign);
  await expect(service.create(asking([foreign.productId, 1]))).rejects.toThrow(InvalidRequestProblem);
});

it('a change sells the order anew, at the prices of now', async () => {
  const { service, products, metered } = await shop();
  const { orderId, createdAt } = await service.create(asking([WHEAT.productId, 1]));
  await products.change(WHEAT.productId, 1, { price: 2.5 });
  const changed = await service.update(orderId, 1, asking([WHEAT.productId, 1], [RYE.productId, 1]));
  expect(changed).toMatchObject({ total: 22.49, version: 2, createdAt });
  expect(metered.filter(([metric]) => metric === 'OrderPlaced')).toHaveLength(1);
  expect(metered).toContainEqual(['OrderUpdated', 1]);
});

it('a change is held to the catalogue like a new order', async () => {
  const { service, products } = await shop();
  const order = await service.create(asking([WHEAT.productId, 1]));
  await products.remove(WHEAT.productId, 1);
  await expect(service.update(order.orderId, 1, asking([WHEAT.productId, 2]))).rejects.toThrow(
    InvalidRequestProblem,
  );
  expect(await service.get(order.orderId)).toEqual(order);
});

it('of two changes of one version exactly one wins', async () => {
  const { service } = await shop();
  const { orderId } = await service.create(asking([WHEAT.productId, 1]));
  const outcomes = await Promise.allSettled(
    [2, 3].map((quantity) => service.update(orderId, 1, asking([WHEAT.productId, quantity]))),
  );
  const lost = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(lost.map(({ reason }) => reason)).toEqual([expect.any(VersionMismatchProblem)]);
});

it('an order that is not there is not found, whatever is done to it', async () => {
  const { service } = await shop();
  const id = ulid();
  await expect(service.get(id)).rejects.toThrow(`there is no order ${id}`);
  await expect(service.update(id, 1, asking([WHEAT.productId, 1]))).rejects.toThrow(NotFoundProblem);
  await expect(service.remove(id, 1)).rejects.toThrow(NotFoundProblem);
});

it('a removal needs the version that is stored', async () => {
  const { service, metered } = await shop();
  const { orderId } = await service.create(asking([WHEAT.productId, 1]));
  await expect(service.remove(orderId, 9)).rejects.toThrow(VersionMismatchProblem);
  await service.remove(orderId, 1);
  await expect(service.get(orderId)).rejects.toThrow(NotFoundProblem);
  expect(metered).toContainEqual(['OrderDeleted', 1]);
});
