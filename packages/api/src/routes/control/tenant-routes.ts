import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { deploymentSchema } from '../../schemas/deployment';
import { healthSchema } from '../../schemas/health';
import { deploymentQuerySchema, tenantQuerySchema } from '../../schemas/list-query';
import { openApiSchema } from '../../schemas/openapi';
import { pageSchema } from '../../schemas/page';
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
    summary: 'List the tenants, a page at a time. A filtered page may be short.',
    query: tenantQuerySchema,
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
    summary: 'List the deployments with the release that each runs. A filtered page may be short.',
    query: deploymentQuerySchema,
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
    maxAge: 60,
    success: 200,
    response: tenantConfigSchema,
  },
  {
    ...tenant,
    operation: 'readOpenApi',
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    summary: 'Read what this API is, as an OpenAPI document.',
    maxAge: 300,
    success: 200,
    response: openApiSchema,
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
