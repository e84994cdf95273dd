import * as z from 'zod';
import { tierNameSchema } from './tenant';

/** What every request for a change of a tenant's life may say. */
export const lifecycleQuerySchema = z.object({
  /** The same key again, within a day, finds the operation that it began. @default each request begins one */
  idempotencyKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be 8 to 64 letters, digits, "-" and "_"')
    .optional(),
});

export const tierChangeSchema = z.strictObject({ tier: tierNameSchema });
export type TierChange = z.output<typeof tierChangeSchema>;
