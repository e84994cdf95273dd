import type { PRODUCT_ROUTES } from '@granary/api';
import type { ApplicationContext, Operations } from '@granary/auth';
import { ulid } from 'ulidx';
import { meterOf } from '../business-metric';
import { type ProductEnvironment, shardsOf } from '../environment';
import { type ProductService, productService } from './service';
import { productTable } from './table';

export type ProductContext = Pick<ApplicationContext, 'principal' | 'documents' | 'metrics' | 'usage'>;

/** What the product routes do: each asks the service of the caller's tenant. */
export function productOperations(
  environment: ProductEnvironment,
): Operations<typeof PRODUCT_ROUTES, ProductContext> {
  const serviceOf = ({
    principal: { tenantId, tier },
    documents,
    metrics,
    usage,
  }: ProductContext): ProductService =>
    productService({
      table: productTable({
        documents,
        tableName: environment.PRODUCT_TABLE_NAME,
        tenantId,
        shards: shardsOf(environment.TIER_SHARDS, tier),
      }),
      newId: () => ulid(),
      now: () => new Date(),
      meter: meterOf(metrics, usage),
    });

  return {
    createProduct: ({ body }, context) => serviceOf(context).create(body),
    listProducts: ({ query }, context) => serviceOf(context).list(query),
    getProduct: ({ params }, context) => serviceOf(context).get(params.productId),
    updateProduct: ({ params, version, body }, context) =>
      serviceOf(context).update(params.productId, version, body),
    deleteProduct: ({ params, version }, context) => serviceOf(context).remove(params.productId, version),
    readProductHealth: async () => ({ service: 'product', status: 'ok' }),
  };
}
