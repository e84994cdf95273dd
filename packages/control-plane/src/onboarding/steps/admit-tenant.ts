import { PermanentStepError } from '../../workflow/step-error';
import type { Step } from './step';

/** Enters the tenant in the deployment's directory. The key's value goes from account to directory only. */
export const admitTenant: Step = async ({ tenant, access: { usageKeys, directory }, at }) => {
  const { tenantId, name, tier, usageKeyId, registrationId } = tenant;
  if (usageKeyId === undefined) throw new PermanentStepError('interrupted');
  const usageKey = await usageKeys.value(usageKeyId);
  await directory.admit({ tenantId, name, tier, usageKey, usageKeyId, registrationId, updatedAt: at });
  return {};
};
