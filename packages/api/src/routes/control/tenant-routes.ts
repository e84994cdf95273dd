import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { deploymentSchema } from '../../schemas/deployment';
import { healthSchema } from '../../schemas/health';
import { pageQuerySchema, pageSchema } from '../../schemas/page';
import { tenantConfigSchema, tenantSchema } from '../../schemas/tenant';
import { tenantIdSchema } from '../../tenant-id';

const tenant = { plane: 'control', service: 'tenant' } as const;

export const TENANT_ROUTES = [
  {
    ...tenant,
    operation: 'listTenants',
    method: 'GET',
    path: '/tenants',
    access: OPERATOR_ROLES,
    summary: 'List the tenants, a page at a time.',
    query: pageQuerySchema,
    success: 200,
    response: pageSchema(tenantSchema),
  },
  {
    ...tenant,
    operation: 'getTenant',
    method: 'GET',
    path: '/tenants/{tenantId}',
    access: OPERATOR_ROLES,
    summary: 'Read one tenant.',
    params: z.object({ tenantId: tenantIdSchema }),
    success: 200,
    response: tenantSchema,
  },
  {
    ...tenant,
    operation: 'listDeployments',
    method: 'GET',
    path: '/deployments',
    access: OPERATOR_ROLES,
    summary: 'List the deployments with the release that each runs.',
    query: pageQuerySchema,
    success: 200,
    response: pageSchema(deploymentSchema),
  },
  {
    ...tenant,
    operation: 'getTenantConfig',
    method: 'GET',
    path: '/tenant-config/{tenantName}',
    access: 'public',
    summary: 'Find the deployment of a tenant: its API, its user pool and client.',
    params: z.object({ tenantName: tenantIdSchema }),
    success: 200,
    response: tenantConfigSchema,
  },
  {
    ...tenant,
    operation: 'readTenantHealth',
    method: 'GET',
    path: '/health/tenant',
    access: 'public',
    summary: 'Say whether the tenant service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
