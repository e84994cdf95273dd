import { tenantModelSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';

/** What the registration function's stack tells it. */
export const registrationEnvironmentSchema = z.object({
  CONTROL_TABLE_NAME: z.string().min(3),
  ONBOARDING_STATE_MACHINE_ARN: z.string().startsWith('arn:'),
  /** JSON: `{"<tier>": {"model": "pool"}}`. */
  TIERS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.record(tierNameSchema, z.object({ model: tenantModelSchema }))),
});
