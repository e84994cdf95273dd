import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';

/** `offboarded` is what is left of a tenant: its id is never given to another. */
export const TENANT_STATUSES = [
  'provisioning',
  'active',
  'inactive',
  'failed',
  'offboarding',
  'offboarded',
] as const;
export const tenantStatusSchema = z.enum(TENANT_STATUSES);
export type TenantStatus = z.infer<typeof tenantStatusSchema>;

export const tierNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be the name of a tier, such as basic');

export const tenantModelSchema = z.enum(['pool', 'silo']);

/** A tenant, as operators see it. */
export const tenantSchema = z.object({
  tenantId: tenantIdSchema,
  name: z.string(),
  tier: tierNameSchema,
  model: tenantModelSchema,
  /** The stack that serves it: a pool's id, or the tenant's own. */
  deploymentId: z.string(),
  status: tenantStatusSchema,
  adminEmail: z.email(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Tenant = z.output<typeof tenantSchema>;

/** What a client needs to reach a tenant's deployment and to sign in there. Public: it holds no secret. */
export const tenantConfigSchema = z.object({
  tenantId: tenantIdSchema,
  name: z.string(),
  region: z.string(),
  apiUrl: z.url(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
});
export type TenantConfig = z.output<typeof tenantConfigSchema>;
