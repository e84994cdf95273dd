import type { Page, Product, ProductInput } from '@granary/api';
import type { Meter } from '../business-metric';
import type { ListOptions } from '../entity/entity-table';
import { notFound, refused } from '../entity/outcome-problem';
import type { ProductTable } from './table';

export interface ProductServiceDeps {
  /** The tenant's products. */
  readonly table: ProductTable;
  /** A new ULID. */
  readonly newId: () => string;
  readonly now: () => Date;
  readonly meter: Meter;
}

/** What can be done with a tenant's catalogue. A `version` is the one that the caller read. */
export interface ProductService {
  create(input: ProductInput): Promise<Product>;
  /** @throws NotFoundProblem */
  get(productId: string): Promise<Product>;
  /** @throws InvalidRequestProblem when `nextToken` is none of this list */
  list(options: ListOptions): Promise<Page<Product>>;
  /** @throws NotFoundProblem, VersionMismatchProblem */
  update(productId: string, version: number, input: ProductInput): Promise<Product>;
  /** Orders keep what they sold. @throws NotFoundProblem, VersionMismatchProblem */
  remove(productId: string, version: number): Promise<void>;
}

/** The catalogue of one tenant. */
export function productService({ table, newId, now, meter }: ProductServiceDeps): ProductService {
  return {
    async create(input) {
      const at = now().toISOString();
      const product: Product = { ...input, productId: newId(), version: 1, createdAt: at, updatedAt: at };
      await table.create(product);
      meter('ProductCreated', 1);
      return product;
    },

    async get(productId) {
      const product = await table.find(productId);
      if (!product) throw notFound('product', productId);
      return product;
    },

    list: (options) => table.list(options),

    async update(productId, version, input) {
      const outcome = await table.change(productId, version, { ...input, updatedAt: now().toISOString() });
      if (outcome.kind !== 'changed') throw refused('product', productId, version, outcome);
      meter('ProductUpdated', 1);
      return outcome.entity;
    },

    async remove(productId, version) {
      const outcome = await table.remove(productId, version);
      if (outcome.kind !== 'removed') throw refused('product', productId, version, outcome);
      meter('ProductDeleted', 1);
    },
  };
}
