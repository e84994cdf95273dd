import { tenantIdSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';
import { digestSchema } from './cursor';

const deploymentId = z.string().regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/);
const named = {
  tenantId: tenantIdSchema,
  operationId: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  /** What the slice before answered; left out at the start. */
  cursor: z.unknown().optional(),
  /** How long the slice may work. @default until a minute before the function's end */
  seconds: z.number().int().min(1).max(840).optional(),
};
const inOne = { ...named, deploymentId };
const between = { ...named, from: deploymentId, to: deploymentId };

/** One slice of moving or removing a tenant's rows. */
export const tenantDataRequestSchema = z.discriminatedUnion('action', [
  /** Makes the rows in `to` equal to those in `from`; `tier` is the tenant's tier there. */
  z.strictObject({ action: z.literal('copy'), ...between, tier: tierNameSchema }),
  z.strictObject({ action: z.literal('verify'), ...between }),
  /** Denies the tenant's sessions every write. */
  z.strictObject({ action: z.literal('freeze'), ...inOne }),
  z.strictObject({ action: z.literal('thaw'), ...inOne }),
  z.strictObject({ action: z.literal('export'), ...inOne }),
  z.strictObject({ action: z.literal('verify-export'), ...inOne }),
  /** Needs a freeze by the same operation. */
  z.strictObject({ action: z.literal('purge'), ...inOne, expected: digestSchema.optional() }),
  /** Signs and keeps what the operation states at its end. */
  z.strictObject({
    action: z.literal('seal'),
    ...inOne,
    statement: z.record(z.string().max(64), z.unknown()),
  }),
]);
export type TenantDataRequest = z.output<typeof tenantDataRequestSchema>;
export type TenantDataAction<Name extends TenantDataRequest['action']> = Extract<
  TenantDataRequest,
  { readonly action: Name }
>;
