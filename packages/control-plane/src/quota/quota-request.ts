import { tenantIdSchema } from '@granary/api';
import * as z from 'zod';

/** What the quota function asks of the onboarding function, which alone reaches into deployments. */
export const quotaRequestSchema = z.strictObject({ applyQuota: tenantIdSchema });
export type QuotaRequest = z.output<typeof quotaRequestSchema>;
