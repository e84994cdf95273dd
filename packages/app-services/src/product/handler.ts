import { PRODUCT_ROUTES } from '@granary/api';
import { applicationHandler, parseEnvironment } from '@granary/auth';
import { productEnvironmentSchema } from '../environment';
import { productOperations } from './operations';

/** The product function. Environment: PRODUCT_TABLE_NAME, TIER_SHARDS. */
export const handler = applicationHandler({
  service: 'product',
  routes: PRODUCT_ROUTES,
  operations: productOperations(parseEnvironment(productEnvironmentSchema)),
});
