import { tenantIdSchema } from '@granary/api';
import type { Telemetry } from '@granary/auth';
import * as z from 'zod';
import { reconcileRouting } from './reconcile-routing';
import { type RoutingDependencies, routeTenants } from './route-tenants';

export interface RoutingHandlerDependencies extends RoutingDependencies {
  readonly logger: Telemetry['logger'];
}

/** An event of the bus; of it, only whom it is about. The clock's is about nobody. */
const eventSchema = z.object({ detail: z.object({ tenantId: tenantIdSchema.optional() }) });

/**
 * Routes the tenant that an event names, or looks at all of them. What throws is sent again by who called; what is
 * lost all the same is found by the clock.
 *
 * @throws ZodError for what is no event of the bus
 */
export function routingHandler({
  logger,
  ...dependencies
}: RoutingHandlerDependencies): (event: unknown) => Promise<void> {
  return async (event) => {
    const { tenantId } = eventSchema.parse(event).detail;
    const changed =
      tenantId === undefined
        ? await reconcileRouting(dependencies)
        : await routeTenants([tenantId], dependencies);
    logger.info('tenants routed', { tenantId: tenantId ?? 'all', changed });
  };
}
