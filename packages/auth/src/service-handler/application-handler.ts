import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Route } from '@granary/api';
import type { TenantCredentials } from '../authorizer-context';
import { consumedCapacity } from '../consumed-capacity';
import type { TenantPrincipal } from '../principal';
import { type TenantDocuments, tenantDocuments } from '../tenant-documents';
import type { RequestUsage } from './request-usage';
import { type HandlerOptions, type ServiceHandler, serviceHandler } from './service-handler';
import { createTelemetry, type Telemetry } from './telemetry';
import { type TenantVending, tenantVending } from './tenant-vending';

/** What the implementation of an application route is given. */
export interface ApplicationContext extends Telemetry {
  readonly principal: TenantPrincipal;
  /** Reaches the rows of the principal's tenant and no others. */
  readonly documents: DynamoDBDocumentClient;
  /** Counts what the tenant is metered for besides the request. */
  readonly usage: RequestUsage;
}

/** How a service of the application plane is made. */
export interface ApplicationHandlerOptions<Routes extends readonly Route[]>
  extends HandlerOptions<Routes, ApplicationContext> {
  /** The client that holds a tenant's credentials. @default one per session, kept while it lives */
  readonly documents?: (credentials: TenantCredentials) => DynamoDBDocumentClient;
  /** Where a request's credentials come from. @default what the environment's CREDENTIAL_VENDING names */
  readonly vending?: TenantVending;
}

/** The Lambda handler of a service of the application plane. Create it once, outside of the request. */
export function applicationHandler<const Routes extends readonly Route[]>(
  options: ApplicationHandlerOptions<Routes>,
): ServiceHandler {
  const telemetry = options.telemetry ?? createTelemetry(options.service);
  const capacity = consumedCapacity();
  const documentsOf: TenantDocuments =
    options.documents ?? tenantDocuments({ tracer: telemetry.tracer, consumed: capacity });
  const vending = options.vending ?? tenantVending();
  return serviceHandler({
    service: options.service,
    routes: options.routes,
    operations: options.operations as never,
    telemetry,
    plane: 'application',
    capacity,
    callerOf: (event) => {
      const { principal, credentials } = vending(event);
      // The credentials end here: an operation is given the client only.
      return { principal, grants: async () => ({ documents: documentsOf(await credentials()) }) };
    },
  });
}
