import { PermanentStepError } from '../step-error';
import type { Step } from './step';

/** A key of its own on its tier's usage plan: quota and throttle are the tenant's, not shared by the tier. */
export const createUsageKey: Step = async ({ tenant, deployment, access: { usageKeys }, application }) => {
  const usagePlanId = deployment.usagePlanIds[tenant.tier];
  if (usagePlanId === undefined) throw new PermanentStepError('deployment-changed');
  const name = `${application}-${tenant.tenantId}`;
  const usageKeyId =
    (await usageKeys.find(name)) ??
    (await usageKeys.create(name, `tenant ${tenant.tenantId} of ${application}`));
  if ((await usageKeys.attach(usageKeyId, usagePlanId)) === 'on-another-plan')
    throw new PermanentStepError('deployment-changed');
  return { usageKeyId };
};
