import { PRODUCT_ROUTES } from '@granary/api';
import { applicationHandler } from '@granary/auth';
import { parseEnvironment, productEnvironmentSchema } from '../environment';
import { productOperations } from './operations';

/** The product function. Environment: PRODUCT_TABLE_NAME, TIER_SHARDS. */
export const handler = applicationHandler({
  service: 'product',
  routes: PRODUCT_ROUTES,
  operations: productOperations(parseEnvironment(productEnvironmentSchema, process.env)),
});
