import { NotFoundProblem, VersionMismatchProblem } from '@granary/api';
import { ulid } from 'ulidx';
import type { BusinessMetric } from '../business-metric';
import { memoryTable } from '../entity/memory-table';
import { productService } from './service';
import { PRODUCT_KIND } from './table';

const WHEAT = { sku: 'W-1', name: 'wheat', price: 12.5, category: 'grain' };
const RYE = { sku: 'R-1', name: 'rye', price: 9.99, category: 'grain' };

function catalogue() {
  const metered: [BusinessMetric, number][] = [];
  let minute = 0;
  const service = productService({
    table: memoryTable({ kind: PRODUCT_KIND, rows: new Map(), tenantId: 'acme', shards: 4 }),
    newId: () => ulid(),
    now: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)),
    meter: (metric, value) => metered.push([metric, value]),
  });
  return { service, metered };
}

it('a new product is at version 1 and can be read', async () => {
  const { service, metered } = catalogue();
  const product = await service.create(WHEAT);
  expect(product).toEqual({
    ...WHEAT,
    productId: expect.stringMatching(/^[0-9A-Z]{26}$/),
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  });
  expect(await service.get(product.productId)).toEqual(product);
  expect(metered).toEqual([['ProductCreated', 1]]);
});

it('an update replaces what the caller may set and nothing else', async () => {
  const { service, metered } = catalogue();
  const { productId, createdAt } = await service.create(WHEAT);
  const updated = await service.update(productId, 1, RYE);
  expect(updated).toEqual({
    ...RYE,
    productId,
    version: 2,
    createdAt,
    updatedAt: '2026-01-01T00:01:00.000Z',
  });
  expect(await service.get(productId)).toEqual(updated);
  expect(metered).toContainEqual(['ProductUpdated', 1]);
});

it('of two updates of one version exactly one wins, and the other is told the version that is stored', async () => {
  const { service, metered } = catalogue();
  const { productId } = await service.create(WHEAT);
  const outcomes = await Promise.allSettled([
    service.update(productId, 1, RYE),
    service.update(productId, 1, { ...RYE, price: 1 }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(lost.reason).toBeInstanceOf(VersionMismatchProblem);
  expect(lost.reason.message).toMatch(/is at version 2, not 1/);
  expect(metered.filter(([metric]) => metric === 'ProductUpdated')).toHaveLength(1);
});

it('a removal needs the version that is stored', async () => {
  const { service, metered } = catalogue();
  const { productId } = await service.create(WHEAT);
  await expect(service.remove(productId, 2)).rejects.toThrow(VersionMismatchProblem);
  await service.remove(productId, 1);
  await expect(service.get(productId)).rejects.toThrow(NotFoundProblem);
  expect(metered.filter(([metric]) => metric === 'ProductDeleted')).toHaveLength(1);
});

it('a product that is not there is not found, whatever is done to it', async () => {
  const { service, metered } = catalogue();
  const id = ulid();
  await expect(service.get(id)).rejects.toThrow(`there is no product ${id}`);
  await expect(service.update(id, 1, RYE)).rejects.toThrow(NotFoundProblem);
  await expect(service.remove(id, 1)).rejects.toThrow(NotFoundProblem);
  expect(metered).toEqual([]);
});

it('a list goes page by page', async () => {
  const { service } = catalogue();
  for (let count = 0; count < 5; count += 1) await service.create(WHEAT);
  const first = await service.list({ limit: 3 });
  const second = await service.list({ limit: 3, nextToken: first.nextToken });
  expect([first.items.length, second.items.length, second.nextToken]).toEqual([3, 2, undefined]);
});
