import { tierNameSchema } from '@granary/api';
import * as z from 'zod';

/** Settings of the canary function. */
export const canaryEnvironmentSchema = z.object({
  API_URL: z.url({ protocol: /^https$/ }),
  USER_POOL_ID: z.string().min(1),
  USER_POOL_CLIENT_ID: z.string().min(1),
  TENANT_TABLE_NAME: z.string().min(3),
  /** The canary's own key on the tier's usage plan. */
  USAGE_KEY_ID: z.string().min(1),
  TIER: tierNameSchema,
  /** `user` signs in; `visitor` cannot, because the deployment takes another issuer's tokens. */
  CANARY: z.enum(['user', 'visitor']),
});
export type CanaryEnvironment = z.output<typeof canaryEnvironmentSchema>;
