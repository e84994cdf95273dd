import { PermanentStepError } from '../../workflow/step-error';
import type { Step } from './step';

/** The tenant's first user. Cognito makes the temporary password and sends it: we never see one. */
export const createAdmin: Step = async ({ tenant, access: { users } }) => {
  const { tenantId, tier, adminEmail: email } = tenant;
  const invited = await users.invite({ email, tenantId, tier });
  // Found: by an earlier try of ours, or as a user of another tenant of the same pool.
  if (invited === 'exists' && (await users.tenantOf(email)) !== tenantId)
    throw new PermanentStepError('email-taken');
  return {};
};
