import { ORDER_ROUTES } from '@granary/api';
import { applicationHandler, parseEnvironment } from '@granary/auth';
import { orderEnvironmentSchema } from '../environment';
import { orderOperations } from './operations';

/** The order function. Environment: ORDER_TABLE_NAME, PRODUCT_TABLE_NAME, TIER_SHARDS. */
export const handler = applicationHandler({
  service: 'order',
  routes: ORDER_ROUTES,
  operations: orderOperations(parseEnvironment(orderEnvironmentSchema)),
});
