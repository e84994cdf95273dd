import assert from 'node:assert/strict';
import { InvalidRequestProblem, type Product } from '@granary/api';
import { ulid } from 'ulidx';
import { EntityExistsError, type EntityTable } from './entity-table';

/** Opens the table of products of one tenant, under so many shards; all share one store. */
export type OpenTable = (tenantId: string, shards: number) => EntityTable<Product>;

/** One promise that every product table keeps, on a store that may hold rows of other cases. */
export interface ContractCase {
  /** A sentence about behaviour. */
  readonly name: string;
  /** @throws AssertionError when the table breaks the promise */
  readonly check: (open: OpenTable) => Promise<void>;
}

const freshTenant = () => `t-${ulid().toLowerCase()}`;

/** A product with a new id. */
export function newProduct(fields: Partial<Product> = {}): Product {
  const at = '2026-01-02T03:04:05.000Z';
  return {
    productId: ulid(),
    sku: 'SKU-1',
    name: 'wheat',
    price: 19.99,
    category: 'grain',
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...fields,
  };
}

async function filled(table: EntityTable<Product>, count: number): Promise<readonly string[]> {
  const products = Array.from({ length: count }, () => newProduct());
  await Promise.all(products.map((product) => table.create(product)));
  return products.map(({ productId }) => productId).sort();
}

/** Every page of a list, by the tokens that it gives. */
export async function pagesOf(table: EntityTable<Product>, limit: number): Promise<readonly Product[][]> {
  const pages: Product[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await table.list({ limit, nextToken });
    pages.push(page.items);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

const idsOf = (pages: readonly Product[][]) =>
  pages
    .flat()
    .map(({ productId }) => productId)
    .sort();

/** What every product table promises, whatever stores it: run it against an engine or an account to prove one. */
export const ENTITY_TABLE_CONTRACT: readonly ContractCase[] = [
  {
    name: 'a created entity is found, alone and among others',
    async check(open) {
      const table = open(freshTenant(), 4);
      const product = newProduct();
      await table.create(product);
      assert.deepEqual(await table.find(product.productId), product);
      const found = await table.findAll([product.productId, product.productId, ulid()]);
      assert.deepEqual([...found], [[product.productId, product]]);
    },
  },
  {
    name: 'an id that is taken is refused and what it names is kept',
    async check(open) {
      const table = open(freshTenant(), 4);
      const product = newProduct();
      await table.create(product);
      await assert.rejects(table.create({ ...product, name: 'rye' }), EntityExistsError);
      assert.deepEqual(await table.find(product.productId), product);
    },
  },
  {
    name: 'an entity that is not there is not found, changed or removed',
    async check(open) {
      const table = open(freshTenant(), 4);
      const id = ulid();
      assert.equal(await table.find(id), undefined);
      assert.equal((await table.findAll([id])).size, 0);
      assert.deepEqual(await table.change(id, 1, { name: 'rye' }), { kind: 'missing' });
      assert.deepEqual(await table.remove(id, 1), { kind: 'missing' });
      assert.equal(await table.find(id), undefined);
    },
  },
  {
    name: 'a change of the version that is stored sets the fields and the next version',
    async check(open) {
      const table = open(freshTenant(), 4);
      const product = newProduct();
      await table.create(product);
      const entity = { ...product, name: 'rye', price: 0.1, version: 2 };
      assert.deepEqual(await table.change(product.productId, 1, { name: 'rye', price: 0.1 }), {
        kind: 'changed',
        entity,
      });
      assert.deepEqual(await table.find(product.productId), entity);
    },
  },
  {
    name: 'a change or a removal of another version is refused with the version that is stored',
    async check(open) {
      const table = open(freshTenant(), 4);
      const product = newProduct({ version: 7 });
      await table.create(product);
      assert.deepEqual(await table.change(product.productId, 6, { name: 'rye' }), {
        kind: 'stale',
        version: 7,
      });
      assert.deepEqual(await table.remove(product.productId, 8), { kind: 'stale', version: 7 });
      assert.deepEqual(await table.find(product.productId), product);
    },
  },
  {
    name: 'of several changes of one version exactly one wins',
    async check(open) {
      const table = open(freshTenant(), 4);
      const product = newProduct();
      await table.create(product);
      const outcomes = await Promise.all(
        ['rye', 'oats', 'corn', 'rice'].map((name) => table.change(product.productId, 1, { name })),
      );
      const won = outcomes.flatMap((outcome) => (outcome.kind === 'changed' ? [outcome.entity] : []));
      assert.equal(won.length, 1);
      assert.equal(outcomes.filter(({ kind }) => kind === 'stale').length, 3);
      assert.deepEqual(await table.find(product.productId), won[0]);
    },
  },
  {
    name: 'a removed entity is gone',
    async check(open) {
      const table = open(freshTenant(), 4);
      const product = newProduct();
      await table.create(product);
      assert.deepEqual(await table.remove(product.productId, 1), { kind: 'removed' });
      assert.equal(await table.find(product.productId), undefined);
      assert.deepEqual(await table.list({ limit: 10 }), { items: [] });
    },
  },
  {
    name: 'a list gives every entity once, in full pages, and no token with the last',
    async check(open) {
      const table = open(freshTenant(), 4);
      const ids = await filled(table, 12);
      for (const limit of [1, 5, 6, 11, 12, 13, 100]) {
        const pages = await pagesOf(table, limit);
        assert.deepEqual(idsOf(pages), ids);
        assert.equal(pages.length, Math.ceil(12 / limit));
        assert.ok(pages.slice(0, -1).every((page) => page.length === limit));
      }
    },
  },
  {
    name: 'a list goes on after an entity that was removed meanwhile',
    async check(open) {
      const table = open(freshTenant(), 2);
      const ids = await filled(table, 6);
      const first = await table.list({ limit: 3 });
      for (const { productId } of first.items) await table.remove(productId, 1);
      const second = await table.list({ limit: 3, nextToken: first.nextToken });
      assert.deepEqual(idsOf([first.items, second.items]), ids);
    },
  },
  {
    name: 'more shards lose nothing that was written under fewer',
    async check(open) {
      const tenantId = freshTenant();
      const ids = await filled(open(tenantId, 2), 12);
      const grown = open(tenantId, 16);
      assert.equal((await grown.findAll(ids)).size, 12);
      assert.deepEqual(idsOf(await pagesOf(grown, 5)), ids);
      for (const id of ids) {
        assert.equal((await grown.find(id))?.productId, id);
        assert.equal((await grown.change(id, 1, { name: 'rye' })).kind, 'changed');
        assert.deepEqual(await grown.remove(id, 2), { kind: 'removed' });
      }
      assert.deepEqual(await grown.list({ limit: 100 }), { items: [] });
    },
  },
  {
    name: 'a tenant never meets the rows of another, not even with its tokens',
    async check(open) {
      const [one, other] = [open(freshTenant(), 4), open(freshTenant(), 4)];
      const ids = await filled(one, 8);
      const { nextToken } = await one.list({ limit: 3 });
      assert.ok(nextToken);
      assert.deepEqual(await other.list({ limit: 3, nextToken }), { items: [] });
      assert.equal((await other.findAll(ids)).size, 0);
      assert.deepEqual(await other.remove(ids[0] as string, 1), { kind: 'missing' });
      assert.equal((await one.findAll(ids)).size, 8);
    },
  },
  {
    name: 'a token that the table did not give is refused',
    async check(open) {
      await assert.rejects(
        open(freshTenant(), 4).list({ limit: 3, nextToken: 'mine' }),
        InvalidRequestProblem,
      );
    },
  },
];
