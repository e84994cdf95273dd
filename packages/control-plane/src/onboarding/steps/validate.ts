import { POOL_CAPACITY } from '../../deployment/placement';
import { PermanentStepError } from '../../workflow/step-error';
import type { WorkflowStep } from '../../workflow/workflow';
import { type OnboardingInput, provisioningOf } from '../onboarding-input';

/** What would fail later for sure fails here, before anything is made. */
export const validate: WorkflowStep<OnboardingInput> = {
  name: 'validate',
  do: async (context) => {
    const { tenant, open } = context;
    if (provisioningOf(context) !== 'none') return {};
    const deployment = await context.deployment();
    if (deployment.usagePlanIds[tenant.tier] === undefined)
      throw new PermanentStepError('deployment-changed');
    if (deployment.kind === 'pool' && deployment.tenants > POOL_CAPACITY)
      throw new PermanentStepError('no-capacity');
    const owner = await open(deployment).users.tenantOf(tenant.adminEmail);
    if (owner !== undefined && owner !== tenant.tenantId) throw new PermanentStepError('email-taken');
    return {};
  },
};
