import { AUDIT_ROUTES } from '@granary/api';
import { controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import { type AuditLogDependencies, listLines, verifyLog } from './audit-log';

export interface AuditServiceOptions extends AuditLogDependencies {
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The audit service behind its routes: it reads, and has no way to write. */
export function auditService({ telemetry, ...dependencies }: AuditServiceOptions): ServiceHandler {
  return controlHandler({
    service: 'audit',
    routes: AUDIT_ROUTES,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listAuditLines: async ({ query }) => listLines(query, dependencies),
      verifyAudit: async ({ query }) => verifyLog(query, dependencies),
      readAuditHealth: async () => ({ service: 'audit', status: 'ok' as const }),
    },
  });
}
