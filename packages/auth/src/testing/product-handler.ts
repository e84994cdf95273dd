import { ConflictProblem, PRODUCT_ROUTES, type Product } from '@granary/api';
import type { ApplicationContext } from '../service-handler/application-handler';
import { applicationHandler } from '../service-handler/application-handler';
import type { Operations, ServiceHandler } from '../service-handler/service-handler';
import type { Telemetry } from '../service-handler/telemetry';

export const PRODUCT_ID = '01J8Z3K5N7P9QRSTVWXYZABCDE';

export const PRODUCT_INPUT = { sku: 'A-1', name: 'Anvil', price: 12.5, category: 'tools' };

export const PRODUCT: Product = {
  ...PRODUCT_INPUT,
  productId: PRODUCT_ID,
  version: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

type ProductOperations = Operations<typeof PRODUCT_ROUTES, ApplicationContext>;

const OPERATIONS: ProductOperations = {
  createProduct: async ({ body }) => ({ ...PRODUCT, ...body, version: 1 }),
  listProducts: async ({ query }) => ({
    items: Array.from({ length: Math.min(query.limit, 2) }, () => PRODUCT),
  }),
  getProduct: async ({ params }) => ({ ...PRODUCT, productId: params.productId }),
  updateProduct: async ({ body, version }) => ({ ...PRODUCT, ...body, version: version + 1 }),
  deleteProduct: async ({ version }) => {
    if (version !== PRODUCT.version) throw new ConflictProblem('changed meanwhile');
  },
  readProductHealth: async () => ({ service: 'product', status: 'ok' }),
};

/** The product service's handler over operations without a store; a test replaces those that it is about. */
export function productHandler(
  operations: Partial<ProductOperations> = {},
  telemetry?: Telemetry,
): ServiceHandler {
  return applicationHandler({
    service: 'product',
    routes: PRODUCT_ROUTES,
    operations: { ...OPERATIONS, ...operations },
    ...(telemetry ? { telemetry } : {}),
  });
}
