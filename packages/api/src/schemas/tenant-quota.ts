import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { limitsSchema } from './limits';
import { tierNameSchema } from './tenant';

export const QUOTA_OVERRIDE_STATES = ['applying', 'applied', 'removing'] as const;

/** Limits of a tenant's own, in place of its tier's. `applying` and `removing` are on their way to the gateway. */
export const quotaOverrideSchema = limitsSchema.extend({
  state: z.enum(QUOTA_OVERRIDE_STATES),
  updatedAt: z.iso.datetime(),
});
export type QuotaOverride = z.output<typeof quotaOverrideSchema>;

/** Which limits hold for a tenant, as operators see it. */
export const tenantQuotaSchema = z.object({
  tenantId: tenantIdSchema,
  tier: tierNameSchema,
  /** Absent: the limits of its deployment's plan hold. */
  override: quotaOverrideSchema.optional(),
});
export type TenantQuota = z.output<typeof tenantQuotaSchema>;
