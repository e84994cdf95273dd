import { PermanentStepError } from '../../workflow/step-error';
import type { WorkflowStep } from '../../workflow/workflow';
import { type OnboardingContext, type OnboardingInput, provisioningOf } from '../onboarding-input';

/** Lets the tenant in: its directory entry first, so that who reads the tenant as active finds it so. */
export const activate: WorkflowStep<OnboardingInput> = {
  name: 'activate',
  do: async (context) => {
    if (!(await setStatus(context, 'active'))) throw new PermanentStepError('superseded');
    return { tenant: { status: 'active' } };
  },
  undo: async (context) => {
    await setStatus(context, 'provisioning');
    return {};
  },
  // A tenant that was let in before that could be recorded is let out again.
  undoWhenGivenUp: true,
};

async function setStatus(context: OnboardingContext, status: 'active' | 'provisioning'): Promise<boolean> {
  if (provisioningOf(context) === 'events') return true;
  const { tenantId, onboardingId } = context.tenant;
  const { directory } = context.open(await context.deployment());
  return directory.setStatus({ tenantId, onboardingId, status, updatedAt: context.at });
}
