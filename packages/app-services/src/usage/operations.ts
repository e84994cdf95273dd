import * as api from '@granary/api';
import type { ApplicationContext, Operations } from '@granary/auth';
import { readUsage, type UsageServiceDeps } from './service';

export type UsageContext = Pick<ApplicationContext, 'principal'>;

/** Made when it is first asked for: no other request waits for it. */
let openApi: api.OpenApiDocument | undefined;

function document(): api.OpenApiDocument {
  openApi ??= api.openApiDocument({ plane: 'application', routes: api.APPLICATION_ROUTES, named: api });
  return openApi;
}

/** What the usage routes do. The key is the caller's own, by the authorizer's word. */
export function usageOperations(deps: UsageServiceDeps): Operations<typeof api.USAGE_ROUTES, UsageContext> {
  return {
    getUsage: (_, { principal }) => readUsage(principal, deps),
    readOpenApi: async () => document(),
    readUsageHealth: async () => ({ service: 'usage', status: 'ok' }),
  };
}
