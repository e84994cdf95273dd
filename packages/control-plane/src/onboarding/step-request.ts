import { onboardingStepSchema, registrationIdSchema } from '@granary/api';
import * as z from 'zod';

/** What the state machine asks of a task: to take a step, or to end a registration that a step gave up. */
export const stepRequestSchema = z.union([
  z.strictObject({ registrationId: registrationIdSchema, step: onboardingStepSchema }),
  z.strictObject({
    registrationId: registrationIdSchema,
    step: z.literal('fail'),
    /** The step at fault. @default the first that has not succeeded */
    failedStep: onboardingStepSchema.optional(),
    /** As the state machine caught it; only the name is used. @default unknown */
    error: z.object({ Error: z.string().max(256) }).optional(),
  }),
]);
export type StepRequest = z.output<typeof stepRequestSchema>;
export type FailRequest = Extract<StepRequest, { readonly step: 'fail' }>;
