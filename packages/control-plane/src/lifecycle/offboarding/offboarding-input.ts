import * as z from 'zod';
import type { StepContext } from '../../workflow/workflow';

export const offboardingInputSchema = z.object({
  /** The tenant's status before: a cancelled offboarding gives it back. */
  was: z.enum(['active', 'inactive']),
  /** How long everything is kept behind the export. */
  retentionSeconds: z.number().int().min(0),
});
export type OffboardingInput = z.output<typeof offboardingInputSchema>;
export type OffboardingContext = StepContext<OffboardingInput>;
