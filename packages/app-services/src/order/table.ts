import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Order, orderIdSchema, orderLineSchema, orderSchema } from '@granary/api';
import { documentTable } from '../entity/document-table';
import type { EntityKind } from '../entity/entity-kind';
import type { EntityTable } from '../entity/entity-table';

/** How an order becomes a row, its lines within: sort key `ORDER#<id>`. */
export const ORDER_KIND: EntityKind<Order> = {
  prefix: 'ORDER',
  idSchema: orderIdSchema,
  schema: orderSchema.extend({ orderProducts: orderLineSchema.strip().array() }).strip(),
  idOf: ({ orderId }) => orderId,
};

export type OrderTable = EntityTable<Order>;

export interface OrderTableOptions {
  /** A client that reaches this tenant's rows only. */
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly tenantId: string;
  /** Shards of the tenant's tier. */
  readonly shards: number;
}

/** A tenant's orders. */
export function orderTable(options: OrderTableOptions): OrderTable {
  return documentTable({ kind: ORDER_KIND, ...options });
}
