import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Route } from '@granary/api';
import { type TenantCredentials, tenantCaller } from '../authorizer-context';
import type { TenantPrincipal } from '../principal';
import { type TenantDocuments, tenantDocuments } from '../tenant-documents';
import { type HandlerOptions, type ServiceHandler, serviceHandler } from './service-handler';
import { createTelemetry, type Telemetry } from './telemetry';

/** What the implementation of an application route is given. */
export interface ApplicationContext extends Telemetry {
  readonly principal: TenantPrincipal;
  /** Reaches the rows of the principal's tenant and no others. */
  readonly documents: DynamoDBDocumentClient;
}

/** How a service of the application plane is made. */
export interface ApplicationHandlerOptions<Routes extends readonly Route[]>
  extends HandlerOptions<Routes, ApplicationContext> {
  /** The client that holds a tenant's credentials. @default one per session, kept while it lives */
  readonly documents?: (credentials: TenantCredentials) => DynamoDBDocumentClient;
}

/** The Lambda handler of a service of the application plane. Create it once, outside of the request. */
export function applicationHandler<const Routes extends readonly Route[]>(
  options: ApplicationHandlerOptions<Routes>,
): ServiceHandler {
  const telemetry = options.telemetry ?? createTelemetry(options.service);
  const documentsOf: TenantDocuments = options.documents ?? tenantDocuments({ tracer: telemetry.tracer });
  return serviceHandler({
    service: options.service,
    routes: options.routes,
    operations: options.operations as never,
    telemetry,
    plane: 'application',
    callerOf: (authorizer) => {
      const { principal, credentials } = tenantCaller(authorizer);
      // The credentials end here: an operation is given the client only.
      return { principal, documents: documentsOf(credentials) };
    },
  });
}
