import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { pageQuerySchema } from './page';
import { tenantStatusSchema, tierNameSchema } from './tenant';

/** Which tenants to list: those that fit all that is given. */
export const tenantQuerySchema = pageQuerySchema.extend({
  tier: tierNameSchema.optional(),
  status: tenantStatusSchema.optional(),
  /** Id of the deployment that serves them. */
  deployment: tenantIdSchema.optional(),
  /** A part of the id, the name or the administrator's address, in any case. */
  text: z.string().trim().min(1).max(120).optional(),
});
export type TenantQuery = z.output<typeof tenantQuerySchema>;

/** Which deployments to list: those that fit all that is given. A cell is an account and a region. */
export const deploymentQuerySchema = pageQuerySchema.extend({
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be a 12-digit account id')
    .optional(),
  region: z.string().min(1).max(32).optional(),
  wave: z.string().min(1).max(64).optional(),
  /** The commit that they run, or how it begins. */
  release: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'must be a commit id, or 7 or more of its first letters')
    .optional(),
});
export type DeploymentQuery = z.output<typeof deploymentQuerySchema>;
