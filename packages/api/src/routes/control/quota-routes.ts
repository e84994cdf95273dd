import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { healthSchema } from '../../schemas/health';
import { limitsSchema } from '../../schemas/limits';
import { tenantQuotaSchema } from '../../schemas/tenant-quota';
import { tenantIdSchema } from '../../tenant-id';

const quota = { plane: 'control', service: 'quota' } as const;

const tenantParams = z.object({ tenantId: tenantIdSchema });

export const QUOTA_ROUTES = [
  {
    ...quota,
    operation: 'getTenantQuota',
    method: 'GET',
    path: '/tenants/{tenantId}/quota',
    access: OPERATOR_ROLES,
    summary: "Say whether a tenant has limits of its own in place of its tier's, and whether they hold yet.",
    params: tenantParams,
    success: 200,
    response: tenantQuotaSchema,
  },
  {
    ...quota,
    operation: 'putTenantQuota',
    method: 'PUT',
    path: '/tenants/{tenantId}/quota',
    access: ['SystemAdmin'],
    summary: "Give a tenant limits of its own in place of its tier's.",
    params: tenantParams,
    body: limitsSchema,
    success: 200,
    response: tenantQuotaSchema,
  },
  {
    ...quota,
    operation: 'deleteTenantQuota',
    method: 'DELETE',
    path: '/tenants/{tenantId}/quota',
    access: ['SystemAdmin'],
    summary: "Put a tenant back on its tier's limits.",
    params: tenantParams,
    success: 204,
  },
  {
    ...quota,
    operation: 'readQuotaHealth',
    method: 'GET',
    path: '/health/quota',
    access: 'public',
    summary: 'Say whether the quota service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
