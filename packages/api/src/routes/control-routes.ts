import * as z from 'zod';
import { OPERATOR_ROLES } from '../role';
import type { Route } from '../route';
import { deploymentSchema } from '../schemas/deployment';
import { healthSchema } from '../schemas/health';
import { limitsSchema } from '../schemas/limits';
import { pageQuerySchema, pageSchema } from '../schemas/page';
import { registrationIdSchema, registrationInputSchema, registrationSchema } from '../schemas/registration';
import { tenantConfigSchema, tenantSchema } from '../schemas/tenant';
import { tenantQuotaSchema } from '../schemas/tenant-quota';
import { tenantIdSchema } from '../tenant-id';

const registration = { plane: 'control', service: 'registration' } as const;
const tenant = { plane: 'control', service: 'tenant' } as const;
const quota = { plane: 'control', service: 'quota' } as const;

const tenantParams = z.object({ tenantId: tenantIdSchema });

export const REGISTRATION_ROUTES = [
  {
    ...registration,
    operation: 'createRegistration',
    method: 'POST',
    path: '/registrations',
    access: 'public',
    summary: 'Sign up: ask for a tenant of a pooled tier.',
    body: registrationInputSchema,
    success: 202,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'getRegistration',
    method: 'GET',
    path: '/registrations/{registrationId}',
    access: 'public',
    summary: 'Follow a sign-up, step by step. The id is the permission.',
    params: z.object({ registrationId: registrationIdSchema }),
    success: 200,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'readRegistrationHealth',
    method: 'GET',
    path: '/health/registration',
    access: 'public',
    summary: 'Say whether the registration service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];

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

/** The whole API of the control plane. */
export const CONTROL_ROUTES: readonly Route[] = [...REGISTRATION_ROUTES, ...TENANT_ROUTES, ...QUOTA_ROUTES];
