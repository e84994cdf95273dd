import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { tierNameSchema } from './tenant';

/** A buyer's request for a tenant of a pooled tier. */
export const registrationInputSchema = z.strictObject({
  /** Also the tenant's subdomain and the name that its users type. */
  tenantId: tenantIdSchema,
  name: z.string().trim().min(1).max(120),
  tier: tierNameSchema,
  adminEmail: z.email().max(254),
});
export type RegistrationInput = z.output<typeof registrationInputSchema>;

export const REGISTRATION_STATUSES = ['pending', 'running', 'succeeded', 'failed'] as const;

/** Onboarding's steps, in order. */
export const ONBOARDING_STEPS = ['create-usage-key', 'admit-tenant', 'create-admin', 'activate'] as const;
export const onboardingStepSchema = z.enum(ONBOARDING_STEPS);
export type OnboardingStep = z.infer<typeof onboardingStepSchema>;

export const registrationIdSchema = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'must be a registration id');

export const registrationSchema = z.object({
  /** Unguessable: who holds it may read the registration's progress. */
  registrationId: registrationIdSchema,
  tenantId: tenantIdSchema,
  tier: tierNameSchema,
  status: z.enum(REGISTRATION_STATUSES),
  steps: z.array(
    z.object({
      step: onboardingStepSchema,
      status: z.enum(['pending', 'running', 'succeeded', 'failed']),
      attempts: z.number().int().min(0),
      /** Why it failed, in words for the buyer. */
      reason: z.string().optional(),
      endedAt: z.iso.datetime().optional(),
    }),
  ),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Registration = z.output<typeof registrationSchema>;
