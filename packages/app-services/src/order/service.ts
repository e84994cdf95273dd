import type { Order, OrderInput, Page } from '@granary/api';
import type { Meter } from '../business-metric';
import type { ListOptions } from '../entity/entity-table';
import { notFound, refused } from '../entity/outcome-problem';
import type { ProductTable } from '../product/table';
import { soldLines } from './lines';
import type { OrderTable } from './table';
import { orderTotal } from './total';

export interface OrderServiceDeps {
  /** The tenant's orders. */
  readonly table: OrderTable;
  /** The tenant's products, to read. */
  readonly products: Pick<ProductTable, 'findAll'>;
  /** A new ULID. */
  readonly newId: () => string;
  readonly now: () => Date;
  readonly meter: Meter;
}

/** What can be done with a tenant's orders. A `version` is the one that the caller read. */
export interface OrderService {
  /** @throws InvalidRequestProblem naming each line whose product is not in the catalogue */
  create(input: OrderInput): Promise<Order>;
  /** @throws NotFoundProblem */
  get(orderId: string): Promise<Order>;
  /** @throws InvalidRequestProblem when `nextToken` is none of this list */
  list(options: ListOptions): Promise<Page<Order>>;
  /**
   * Sells the order anew: every line takes the name and the price that its product has now.
   * @throws InvalidRequestProblem, NotFoundProblem, VersionMismatchProblem
   */
  update(orderId: string, version: number, input: OrderInput): Promise<Order>;
  /** @throws NotFoundProblem, VersionMismatchProblem */
  remove(orderId: string, version: number): Promise<void>;
}

/** The orders of one tenant. */
export function orderService({ table, products, newId, now, meter }: OrderServiceDeps): OrderService {
  async function sell({ orderName, orderProducts: asked }: OrderInput) {
    const catalogue = await products.findAll(asked.map(({ productId }) => productId));
    const orderProducts = soldLines(asked, catalogue);
    return { orderName, orderProducts, total: orderTotal(orderProducts) };
  }

  return {
    async create(input) {
      const sold = await sell(input);
      const at = now().toISOString();
      const order: Order = { ...sold, orderId: newId(), version: 1, createdAt: at, updatedAt: at };
      await table.create(order);
      meter('OrderPlaced', 1);
      meter('OrderValue', order.total);
      return order;
    },

    async get(orderId) {
      const order = await table.find(orderId);
      if (!order) throw notFound('order', orderId);
      return order;
    },

    list: (options) => table.list(options),

    async update(orderId, version, input) {
      const sold = await sell(input);
      const outcome = await table.change(orderId, version, { ...sold, updatedAt: now().toISOString() });
      if (outcome.kind !== 'changed') throw refused('order', orderId, version, outcome);
      meter('OrderUpdated', 1);
      return outcome.entity;
    },

    async remove(orderId, version) {
      const outcome = await table.remove(orderId, version);
      if (outcome.kind !== 'removed') throw refused('order', orderId, version, outcome);
      meter('OrderDeleted', 1);
    },
  };
}
