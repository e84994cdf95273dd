import { ownPlanName, placeOnOwnPlan } from '../../quota/key-placement';
import { PermanentStepError } from '../../workflow/step-error';
import type { Step } from './step';

/** A key of its own on its tier's usage plan: quota and throttle are the tenant's, not shared by the tier. */
export const createUsageKey: Step = async ({ tenant, deployment, access, application }) => {
  const { usageKeys } = access;
  const usagePlanId = deployment.usagePlanIds[tenant.tier];
  if (usagePlanId === undefined) throw new PermanentStepError('deployment-changed');
  const name = `${application}-${tenant.tenantId}`;
  const usageKeyId =
    (await usageKeys.find(name)) ??
    (await usageKeys.create(name, `tenant ${tenant.tenantId} of ${application}`));
  if (tenant.override && tenant.override.state !== 'removing') {
    const own = ownPlanName(application, tenant.tenantId);
    const placement = { keyId: usageKeyId, tierPlanId: usagePlanId, ownPlanName: own };
    await placeOnOwnPlan(access, placement, tenant.override);
    return { usageKeyId };
  }
  if ((await usageKeys.attach(usageKeyId, usagePlanId)) === 'on-another-plan')
    throw new PermanentStepError('deployment-changed');
  return { usageKeyId };
};
