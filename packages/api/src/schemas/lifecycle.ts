import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { operationIdSchema } from './operation';
import { tierNameSchema } from './tenant';

/** What every request for a change of a tenant's life may say. */
export const lifecycleQuerySchema = z.object({
  /** The same key again, within a day, finds the operation that it began. @default each request begins one */
  idempotencyKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be 8 to 64 letters, digits, "-" and "_"')
    .optional(),
});

export const tierChangeSchema = z.strictObject({
  tier: tierNameSchema,
  /** For a move to a silo: the cell of its stack. @default its tier's */
  cell: z.string().min(1).max(32).optional(),
  /** For a move between pool and silo: how long the source is kept behind the cut-over. @default 7 */
  retentionDays: z.number().int().min(0).max(30).optional(),
});
export type TierChange = z.output<typeof tierChangeSchema>;

export const offboardingOrderSchema = z.strictObject({
  /** The tenant's name, as a person types it who means this one. */
  confirm: z.string().min(1).max(120),
  /** How long everything is kept behind the export. */
  retentionDays: z.number().int().min(0).max(90).default(30),
});
export type OffboardingOrder = z.output<typeof offboardingOrderSchema>;

/** What is left of a tenant: a signed statement of what was removed. */
export const receiptSchema = z.object({
  tenantId: tenantIdSchema,
  receiptId: operationIdSchema,
  purgedAt: z.iso.datetime(),
  /** JSON: the bytes that are signed, with the counts and digests. */
  statement: z.string(),
  /** Base64, over the statement. */
  signature: z.string(),
  /** ARN of the key. */
  keyId: z.string(),
  algorithm: z.string(),
});
export type Receipt = z.output<typeof receiptSchema>;
