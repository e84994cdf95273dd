import { TooManyRequestsProblem } from '@granary/api';
import fc from 'fast-check';
import { ulid } from 'ulidx';
import { PRODUCT_KIND } from '../product/table';
import { newProduct } from './contract';
import { documentTable } from './document-table';
import { fakeDocuments } from './fake-documents';

const kind = PRODUCT_KIND;
const rows = { kind, tableName: 'products', tenantId: 'acme', shards: 8 };

function waiting() {
  const pauses: number[] = [];
  return { pauses, pause: async (milliseconds: number) => void pauses.push(milliseconds) };
}

it('asks again for the keys that DynamoDB leaves for later', async () => {
  const store = new Map();
  const { pauses, pause } = waiting();
  const answers = [1, 0, 2];
  const batchRows = () => answers.shift() ?? 100;
  const documents = fakeDocuments({ tenantId: 'acme', store, batchRows });
  const table = documentTable({ ...rows, documents, pause });
  const products = Array.from({ length: 9 }, () => newProduct());
  for (const product of products) await table.create(product);
  const found = await table.findAll(products.map(({ productId }) => productId));
  expect(found.size).toBe(9);
  expect(pauses).toHaveLength(3);
});

it('finds more entities than one batch may name', async () => {
  const documents = fakeDocuments({ tenantId: 'acme' });
  const table = documentTable({ ...rows, documents });
  const products = Array.from({ length: 230 }, () => newProduct());
  for (const product of products) await table.create(product);
  const found = await table.findAll([...products.map(({ productId }) => productId), ulid()]);
  expect([...found.values()]).toEqual(expect.arrayContaining(products));
  expect(found.size).toBe(230);
});

it('gives up on a store that keeps leaving keys for later', async () => {
  const { pauses, pause } = waiting();
  const documents = fakeDocuments({ tenantId: 'acme', batchRows: () => 0 });
  const reading = documentTable({ ...rows, documents, pause }).findAll([ulid()]);
  await expect(reading).rejects.toThrow(TooManyRequestsProblem);
  expect(pauses).toHaveLength(5);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(400);
});

it('reads a row that a later release wrote with more attributes', async () => {
  const store = new Map();
  const table = documentTable({ ...rows, documents: fakeDocuments({ tenantId: 'acme', store }) });
  const product = newProduct();
  await table.create(product);
  for (const row of store.values()) row.weight = 3;
  expect(await table.find(product.productId)).toEqual(product);
});

it('keeps the attributes of a later release when it changes a row', async () => {
  const store = new Map();
  const table = documentTable({ ...rows, documents: fakeDocuments({ tenantId: 'acme', store }) });
  const product = newProduct();
  await table.create(product);
  for (const row of store.values()) row.weight = 3;
  await table.change(product.productId, 1, { name: 'rye' });
  expect([...store.values()]).toEqual([expect.objectContaining({ name: 'rye', weight: 3, version: 2 })]);
});

it('lets a refusal of the store through', async () => {
  const documents = fakeDocuments({ tenantId: 'globex' });
  const table = documentTable({ ...rows, documents });
  const product = newProduct();
  const denied = { name: 'AccessDeniedException' };
  await expect(table.create(product)).rejects.toMatchObject(denied);
  await expect(table.find(product.productId)).rejects.toMatchObject(denied);
  await expect(table.findAll([product.productId])).rejects.toMatchObject(denied);
  await expect(table.list({ limit: 5 })).rejects.toMatchObject(denied);
  await expect(table.change(product.productId, 1, {})).rejects.toMatchObject(denied);
  await expect(table.remove(product.productId, 1)).rejects.toMatchObject(denied);
});

it('asks for every row of a tenant under a partition of its own, whatever token it is given', async () => {
  const documents = fakeDocuments({ tenantId: 'acme' });
  const table = documentTable({ ...rows, documents });
  const sk = fc.oneof(fc.string(), fc.constant(`PRODUCT#${ulid()}`), fc.constant('TENANT#globex#0'));
  const token = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.base64String(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
    fc
      .record(
        { shard: fc.oneof(fc.integer(), fc.nat(9), fc.double(), fc.string()), sk },
        { requiredKeys: [] },
      )
      .map((fields) => Buffer.from(JSON.stringify(fields)).toString('base64url')),
    fc
      .record({ pk: fc.constant('TENANT#globex#0'), shard: fc.nat(7), sk })
      .map((fields) => Buffer.from(JSON.stringify(fields)).toString('base64url')),
  );
  await fc.assert(
    fc.asyncProperty(token, async (nextToken) => {
      // The fake denies every key of another tenant: a token that led there would be an access error.
      const outcome = await table.list({ limit: 5, nextToken }).catch((error: Error) => error.name);
      expect([{ items: [] }, 'InvalidRequestProblem']).toContainEqual(outcome);
    }),
    { numRuns: 500 },
  );
});
