import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { OPERATION_STATUSES, operationIdSchema, operationStepSchema } from './operation';
import { pageQuerySchema } from './page';
import { tierNameSchema } from './tenant';

/** A buyer's request for a tenant. A dedicated tier waits for an operator's approval. */
export const registrationInputSchema = z.strictObject({
  /** Also the tenant's subdomain and the name that its users type. */
  tenantId: tenantIdSchema,
  name: z.string().trim().min(1).max(120),
  tier: tierNameSchema,
  adminEmail: z.email().max(254),
});
export type RegistrationInput = z.output<typeof registrationInputSchema>;

const cell = z
  .string()
  .max(32)
  .regex(/^[a-z0-9-]+$/, 'must be the id of a cell')
  .optional();

/** An operator's request for a tenant. */
export const tenantInputSchema = registrationInputSchema.extend({
  /** Where a dedicated tenant's deployment is made. @default its tier's cell */
  cell,
});
export type TenantInput = z.output<typeof tenantInputSchema>;

export const approvalSchema = z.strictObject({
  /** Where the tenant's deployment is made. @default its tier's cell */
  cell,
});
export type Approval = z.output<typeof approvalSchema>;

export const rejectionSchema = z.strictObject({
  /** Why, in words for the buyer. */
  reason: z.string().trim().min(1).max(500),
});
export type Rejection = z.output<typeof rejectionSchema>;

/** Before its onboarding began, and then the onboarding's own. */
export const REGISTRATION_STATUSES = ['awaiting-approval', 'rejected', ...OPERATION_STATUSES] as const;
export const registrationStatusSchema = z.enum(REGISTRATION_STATUSES);
export type RegistrationStatus = z.infer<typeof registrationStatusSchema>;

export const registrationIdSchema = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'must be a registration id');

/** How far a registration is. */
export const registrationSchema = z.object({
  /** Unguessable: who holds it may read the registration's progress, and have a failed one tried again. */
  registrationId: registrationIdSchema,
  tenantId: tenantIdSchema,
  tier: tierNameSchema,
  status: registrationStatusSchema,
  /** Of its onboarding, in order; none before it began. */
  steps: z.array(operationStepSchema),
  /** Why it was rejected. */
  reason: z.string().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Registration = z.output<typeof registrationSchema>;

/** A registration, as operators see it. */
export const registrationEntrySchema = registrationSchema.omit({ steps: true }).extend({
  name: z.string(),
  adminEmail: z.email(),
  /** @default its onboarding has not begun */
  operationId: operationIdSchema.optional(),
});
export type RegistrationEntry = z.output<typeof registrationEntrySchema>;

export const registrationQuerySchema = pageQuerySchema.extend({
  /** @default all, by status */
  status: registrationStatusSchema.optional(),
});
