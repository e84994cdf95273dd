import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Product, productIdSchema, productSchema } from '@granary/api';
import { documentTable } from '../entity/document-table';
import type { EntityKind } from '../entity/entity-kind';
import type { EntityTable } from '../entity/entity-table';

/** How a product becomes a row: sort key `PRODUCT#<id>`. */
export const PRODUCT_KIND: EntityKind<Product> = {
  prefix: 'PRODUCT',
  idSchema: productIdSchema,
  schema: productSchema.strip(),
  idOf: ({ productId }) => productId,
};

export type ProductTable = EntityTable<Product>;

export interface ProductTableOptions {
  /** A client that reaches this tenant's rows only. */
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly tenantId: string;
  /** Shards of the tenant's tier. */
  readonly shards: number;
}

/** A tenant's products. */
export function productTable(options: ProductTableOptions): ProductTable {
  return documentTable({ kind: PRODUCT_KIND, ...options });
}
