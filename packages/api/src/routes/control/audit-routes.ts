import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import {
  auditLineSchema,
  auditQuerySchema,
  auditVerificationQuerySchema,
  auditVerificationSchema,
} from '../../schemas/audit';
import { healthSchema } from '../../schemas/health';
import { pageSchema } from '../../schemas/page';

const audit = { plane: 'control', service: 'audit' } as const;

export const AUDIT_ROUTES = [
  {
    ...audit,
    operation: 'listAuditLines',
    method: 'GET',
    path: '/audit',
    access: OPERATOR_ROLES,
    summary: 'Read who did what to which tenant, the newest first, a page at a time.',
    query: auditQuerySchema,
    success: 200,
    response: pageSchema(auditLineSchema),
  },
  {
    ...audit,
    operation: 'verifyAudit',
    method: 'GET',
    path: '/audit/verification',
    access: OPERATOR_ROLES,
    summary: 'Walk a chain of the audit log and tell the first place that does not hold.',
    query: auditVerificationQuerySchema,
    success: 200,
    response: auditVerificationSchema,
  },
  {
    ...audit,
    operation: 'readAuditHealth',
    method: 'GET',
    path: '/health/audit',
    access: 'public',
    summary: 'Say whether the audit service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
