import { registrationIdSchema } from '@granary/api';
import * as z from 'zod';
import type { StepContext } from '../workflow/workflow';

/** What an onboarding is asked for; the tenant's facts are in its record. */
export const onboardingInputSchema = z.object({
  /** `manifest`: the tenant was in the manifest first, and its deployment is registered. */
  origin: z.enum(['sign-up', 'operator', 'manifest']),
  /** Who holds it may follow the onboarding: it goes into no answer, event or log. @default nobody registered */
  registrationId: registrationIdSchema.optional(),
  /** Cell of a silo's deployment. @default its tier's */
  cell: z.string().max(32).optional(),
});
export type OnboardingInput = z.output<typeof onboardingInputSchema>;

export type OnboardingContext = StepContext<OnboardingInput>;

/** Where a tenant is that a foreign application plane serves: no deployment of ours has such an id. */
export const EXTERNAL_DEPLOYMENT = '@external';

/** Key of the wait for a silo's deployment. */
export function deploymentWait(tenantId: string): string {
  return `deployment:${tenantId}`;
}

/** Who makes what serves the tenant. */
export type Provisioning =
  /** It is there: a pool, or a silo that the pipeline registered. */
  | 'none'
  /** The pipeline, once the tenant is in the manifest. */
  | 'pipeline'
  /** An application plane that is not ours, told by events. */
  | 'events';

export function provisioningOf({ tenant, input, ports }: OnboardingContext): Provisioning {
  if (ports.eventTiers?.includes(tenant.tier)) return 'events';
  return tenant.model === 'silo' && input.origin !== 'manifest' ? 'pipeline' : 'none';
}
