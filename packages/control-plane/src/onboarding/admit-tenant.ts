import type { DeploymentRecord } from '../deployment/deployment-record';
import type { DeploymentAccess } from '../deployment-access/deployment-access';
import { ownPlanName, placeOnOwnPlan, usageKeyName } from '../quota/key-placement';
import { PermanentStepError } from '../workflow/step-error';
import type { StepContext } from '../workflow/workflow';

/** Where a tenant is to be served, on which tier, and what its key is named by there. */
export interface Admission {
  readonly deploymentId: string;
  readonly tier: string;
  /** @default the tenant's id */
  readonly accessName?: string | undefined;
}

/**
 * A key of its own on its tier's usage plan, since quota and throttle are the tenant's and not shared by the tier,
 * and an entry in the deployment's directory. The key's value goes from account to directory only.
 * @returns the key's id
 */
export async function admitTenant(context: StepContext<unknown>, admission: Admission): Promise<string> {
  const deployment = await context.deployment(admission.deploymentId);
  const access = context.open(deployment);
  const usageKeyId = await placeKey(context, admission, deployment, access);
  const { tenantId, name, onboardingId } = context.tenant;
  const usageKey = await access.usageKeys.value(usageKeyId);
  const { tier } = admission;
  await access.directory.admit({
    ...{ tenantId, name, tier, usageKey, usageKeyId, onboardingId },
    updatedAt: context.at,
  });
  return usageKeyId;
}

async function placeKey(
  { tenant, application }: StepContext<unknown>,
  { tier, accessName }: Admission,
  deployment: DeploymentRecord,
  access: DeploymentAccess,
): Promise<string> {
  const { usageKeys } = access;
  const { tenantId, override } = tenant;
  const tierPlanId = deployment.usagePlanIds[tier];
  if (tierPlanId === undefined) throw new PermanentStepError('deployment-changed');
  const named = { tenantId, accessName };
  const name = usageKeyName(application, named);
  const keyId =
    (await usageKeys.find(name)) ?? (await usageKeys.create(name, `tenant ${tenantId} of ${application}`));
  if (override && override.state !== 'removing') {
    const placement = { keyId, tierPlanId, ownPlanName: ownPlanName(application, named) };
    await placeOnOwnPlan(access, placement, override);
    return keyId;
  }
  if ((await usageKeys.attach(keyId, tierPlanId)) === 'on-another-plan')
    throw new PermanentStepError('deployment-changed');
  return keyId;
}
