import { QUOTA_ROUTES } from '@granary/api';
import { controlHandler, createTelemetry, type ServiceHandler, type Telemetry } from '@granary/auth';
import { auditRequests } from '../audit/audit-requests';
import { readQuota, removeQuota, setQuota, type TenantQuotaDependencies } from './tenant-quota';

export interface QuotaServiceOptions extends Omit<TenantQuotaDependencies, 'report'> {
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The quota service behind its routes. */
export function quotaService({ telemetry: given, ...rest }: QuotaServiceOptions): ServiceHandler {
  const telemetry = given ?? createTelemetry('quota');
  const dependencies: TenantQuotaDependencies = {
    ...rest,
    report: (message, error) => telemetry.logger.error(message, { error }),
  };
  return controlHandler({
    service: 'quota',
    routes: QUOTA_ROUTES,
    telemetry,
    audit: auditRequests(rest.table),
    operations: {
      getTenantQuota: async ({ params }) => readQuota(rest.table, params.tenantId),
      putTenantQuota: async ({ params, body }) => setQuota(params.tenantId, body, dependencies),
      deleteTenantQuota: async ({ params }) => removeQuota(params.tenantId, dependencies),
      readQuotaHealth: async () => ({ service: 'quota', status: 'ok' as const }),
    },
  });
}
