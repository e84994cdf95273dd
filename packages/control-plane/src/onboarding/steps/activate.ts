import { PermanentStepError } from '../../workflow/step-error';
import type { Step } from './step';

/** Lets the tenant in: its directory entry first, so that who reads the tenant as active finds it so. */
export const activate: Step = async ({ tenant, access: { directory }, at }) => {
  const { tenantId, registrationId } = tenant;
  const admitted = await directory.setStatus({ tenantId, registrationId, status: 'active', updatedAt: at });
  if (!admitted) throw new PermanentStepError('superseded');
  return { status: 'active' };
};
