import type { USAGE_ROUTES } from '@granary/api';
import type { ApplicationContext, Operations } from '@granary/auth';
import { readUsage, type UsageServiceDeps } from './service';

export type UsageContext = Pick<ApplicationContext, 'principal'>;

/** What the usage routes do. The key is the caller's own, by the authorizer's word. */
export function usageOperations(deps: UsageServiceDeps): Operations<typeof USAGE_ROUTES, UsageContext> {
  return {
    getUsage: (_, { principal }) => readUsage(principal, deps),
    readUsageHealth: async () => ({ service: 'usage', status: 'ok' }),
  };
}
