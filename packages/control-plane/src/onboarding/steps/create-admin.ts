import { PermanentStepError } from '../../workflow/step-error';
import type { WorkflowStep } from '../../workflow/workflow';
import { type OnboardingInput, provisioningOf } from '../onboarding-input';

/** The tenant's first user. Cognito makes the temporary password and sends it: we never see one. */
export const createAdmin: WorkflowStep<OnboardingInput> = {
  name: 'create-admin',
  // Before anybody is invited: whatever happens then, the id is not given to somebody else.
  before: (context) => (provisioningOf(context) === 'events' ? {} : { administrator: 'perhaps' }),
  do: async (context) => {
    if (provisioningOf(context) === 'events') return { skipped: true };
    const { tenantId, tier, adminEmail: email } = context.tenant;
    const { users } = context.open(await context.deployment());
    const invited = await users.invite({ email, tenantId, tier });
    // Found: by an earlier try of ours, or as a user of another tenant of the same pool.
    if (invited === 'exists' && (await users.tenantOf(email)) !== tenantId)
      throw new PermanentStepError('email-taken');
    return {};
  },
  undo: async (context) => {
    if (provisioningOf(context) === 'events') return {};
    const { tenantId, adminEmail: email } = context.tenant;
    const { users } = context.open(await context.deployment());
    if ((await users.tenantOf(email)) === tenantId) await users.remove(email);
    // The invitation leads nowhere any more.
    return { tenant: { administrator: 'none' } };
  },
};
