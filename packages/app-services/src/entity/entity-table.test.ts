import type { Product } from '@granary/api';
import fc from 'fast-check';
import { PRODUCT_KIND } from '../product/table';
import { ENTITY_TABLE_CONTRACT, newProduct, type OpenTable, pagesOf } from './contract';
import { documentTable } from './document-table';
import type { EntityTable } from './entity-table';
import { fakeDocuments } from './fake-documents';
import { type MemoryRows, memoryTable } from './memory-table';

const kind = PRODUCT_KIND;

function inMemory(): OpenTable {
  const rows: MemoryRows = new Map();
  return (tenantId, shards) => memoryTable({ kind, rows, tenantId, shards });
}

function inDocuments(pageRows?: number): OpenTable {
  const store = new Map<string, Record<string, unknown>>();
  return (tenantId, shards) =>
    documentTable({
      kind,
      documents: fakeDocuments({ tenantId, store, ...(pageRows ? { pageRows } : {}) }),
      tableName: 'products',
      tenantId,
      shards,
    });
}

const IMPLEMENTATIONS: readonly { readonly name: string; readonly create: () => OpenTable }[] = [
  { name: 'the table in memory', create: inMemory },
  { name: 'the table of documents', create: () => inDocuments() },
  { name: 'the table of documents that come two at a time', create: () => inDocuments(2) },
];

describe.each(IMPLEMENTATIONS)('$name', ({ create }) => {
  it.each(ENTITY_TABLE_CONTRACT)('keeps the contract: $name', ({ check }) => check(create()));

  it('gives every entity exactly once, in full pages, whatever the shards and the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 100 }),
        async (count, shards, limit) => {
          const table: EntityTable<Product> = create()('acme', shards);
          const products = Array.from({ length: count }, () => newProduct());
          for (const product of products) await table.create(product);
          const pages = await pagesOf(table, limit);
          expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(count / limit)));
          expect(new Set(pages.flat())).toEqual(new Set(products));
          expect(pages.flat()).toHaveLength(count);
        },
      ),
      { numRuns: 50 },
    );
  });
});
