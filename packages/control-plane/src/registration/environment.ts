import { tenantModelSchema, tierNameSchema } from '@granary/api';
import { jsonSetting } from '@granary/auth';
import * as z from 'zod';

/** What the registration function's stack tells it. */
export const registrationEnvironmentSchema = z.object({
  CONTROL_TABLE_NAME: z.string().min(3),
  ONBOARDING_STATE_MACHINE_ARN: z.string().startsWith('arn:'),
  /** JSON: `{"<tier>": {"model": "pool"}}`. */
  TIERS: jsonSetting(z.record(tierNameSchema, z.object({ model: tenantModelSchema }))),
});
