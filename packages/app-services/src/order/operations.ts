import type { ORDER_ROUTES } from '@granary/api';
import type { ApplicationContext, Operations } from '@granary/auth';
import { ulid } from 'ulidx';
import { meterOf } from '../business-metric';
import { type OrderEnvironment, shardsOf } from '../environment';
import { productTable } from '../product/table';
import { type OrderService, orderService } from './service';
import { orderTable } from './table';

export type OrderContext = Pick<ApplicationContext, 'principal' | 'documents' | 'metrics' | 'usage'>;

/** What the order routes do: each asks the service of the caller's tenant. */
export function orderOperations(
  environment: OrderEnvironment,
): Operations<typeof ORDER_ROUTES, OrderContext> {
  const serviceOf = ({
    principal: { tenantId, tier },
    documents,
    metrics,
    usage,
  }: OrderContext): OrderService => {
    const rows = { documents, tenantId, shards: shardsOf(environment.TIER_SHARDS, tier) };
    return orderService({
      table: orderTable({ ...rows, tableName: environment.ORDER_TABLE_NAME }),
      products: productTable({ ...rows, tableName: environment.PRODUCT_TABLE_NAME }),
      newId: () => ulid(),
      now: () => new Date(),
      meter: meterOf(metrics, usage),
    });
  };

  return {
    createOrder: ({ body }, context) => serviceOf(context).create(body),
    listOrders: ({ query }, context) => serviceOf(context).list(query),
    getOrder: ({ params }, context) => serviceOf(context).get(params.orderId),
    updateOrder: ({ params, version, body }, context) =>
      serviceOf(context).update(params.orderId, version, body),
    deleteOrder: ({ params, version }, context) => serviceOf(context).remove(params.orderId, version),
    readOrderHealth: async () => ({ service: 'order', status: 'ok' }),
  };
}
