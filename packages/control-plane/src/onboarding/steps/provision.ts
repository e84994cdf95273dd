import type { DeploymentAccess } from '../../deployment-access/deployment-access';
import { ownPlanName, placeOnOwnPlan } from '../../quota/key-placement';
import { PermanentStepError } from '../../workflow/step-error';
import type { WorkflowStep } from '../../workflow/workflow';
import { type OnboardingContext, type OnboardingInput, provisioningOf } from '../onboarding-input';

/**
 * A key of its own on its tier's usage plan, since quota and throttle are the tenant's and not shared by the tier,
 * and an entry in the deployment's directory. The key's value goes from account to directory only.
 */
export const provision: WorkflowStep<OnboardingInput> = {
  name: 'provision',
  do: async (context) => {
    if (provisioningOf(context) === 'events') return { skipped: true };
    const { tenant, at } = context;
    const access = context.open(await context.deployment());
    const usageKeyId = await placeKey(context, access);
    const { tenantId, name, tier, onboardingId } = tenant;
    const usageKey = await access.usageKeys.value(usageKeyId);
    await access.directory.admit({ tenantId, name, tier, usageKey, usageKeyId, onboardingId, updatedAt: at });
    return { tenant: { usageKeyId } };
  },
  undo: async (context) => {
    if (provisioningOf(context) === 'events') return {};
    const { tenantId, onboardingId } = context.tenant;
    const { usageKeys, usagePlans, directory } = context.open(await context.deployment());
    await directory.remove({ tenantId, onboardingId });
    const name = keyName(context);
    for (let id = await usageKeys.find(name); id !== undefined; id = await usageKeys.find(name))
      await usageKeys.remove(id);
    for (const planId of await usagePlans.named(ownPlanName(context.application, tenantId)))
      await usagePlans.remove(planId);
    return { tenant: { usageKeyId: undefined } };
  },
};

function keyName({ application, tenant }: OnboardingContext): string {
  return `${application}-${tenant.tenantId}`;
}

async function placeKey(context: OnboardingContext, access: DeploymentAccess): Promise<string> {
  const { tenant, application } = context;
  const { usageKeys } = access;
  const { tenantId, tier, override } = tenant;
  const tierPlanId = (await context.deployment()).usagePlanIds[tier];
  if (tierPlanId === undefined) throw new PermanentStepError('deployment-changed');
  const name = keyName(context);
  const keyId =
    (await usageKeys.find(name)) ?? (await usageKeys.create(name, `tenant ${tenantId} of ${application}`));
  if (override && override.state !== 'removing') {
    const placement = { keyId, tierPlanId, ownPlanName: ownPlanName(application, tenantId) };
    await placeOnOwnPlan(access, placement, override);
    return keyId;
  }
  if ((await usageKeys.attach(keyId, tierPlanId)) === 'on-another-plan')
    throw new PermanentStepError('deployment-changed');
  return keyId;
}
