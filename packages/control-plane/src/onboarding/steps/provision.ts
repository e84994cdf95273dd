import { ownPlanName, usageKeyName } from '../../quota/key-placement';
import type { WorkflowStep } from '../../workflow/workflow';
import { admitTenant } from '../admit-tenant';
import { type OnboardingInput, provisioningOf } from '../onboarding-input';

/** The tenant's key, limits and directory entry in the deployment that serves it. */
export const provision: WorkflowStep<OnboardingInput> = {
  name: 'provision',
  do: async (context) => {
    if (provisioningOf(context) === 'events') return { skipped: true };
    return { tenant: { usageKeyId: await admitTenant(context, context.tenant) } };
  },
  undo: async (context) => {
    if (provisioningOf(context) === 'events') return {};
    const { tenant, application } = context;
    const { tenantId, onboardingId } = tenant;
    const { usageKeys, usagePlans, directory } = context.open(await context.deployment());
    await directory.remove({ tenantId, onboardingId });
    const name = usageKeyName(application, tenant);
    for (let id = await usageKeys.find(name); id !== undefined; id = await usageKeys.find(name))
      await usageKeys.remove(id);
    for (const planId of await usagePlans.named(ownPlanName(application, tenant)))
      await usagePlans.remove(planId);
    return { tenant: { usageKeyId: undefined } };
  },
};
