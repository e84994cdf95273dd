import type { Limits } from '@granary/api';
import type { DeploymentAccess } from '../deployment-access/deployment-access';
import { PermanentStepError } from '../workflow/step-error';

/** A tenant's key, and the plans that it may be on: its tier's, and one of its own by name. */
export interface KeyPlacement {
  readonly keyId: string;
  readonly tierPlanId: string;
  readonly ownPlanName: string;
}

/** What a tenant's key and own plan are named by. */
export interface AccessNamed {
  readonly tenantId: string;
  /** @default the tenant's id */
  readonly accessName?: string | undefined;
}

/** The name of a tenant's API key. */
export function usageKeyName(application: string, { tenantId, accessName = tenantId }: AccessNamed): string {
  return `${application}-${accessName}`;
}

/** The name of a tenant's own plan. */
export function ownPlanName(application: string, named: AccessNamed): string {
  return `${usageKeyName(application, named)}-override`;
}

/** Puts the key on a plan of its own with these limits: made, or changed if it is there. */
export async function placeOnOwnPlan(
  access: DeploymentAccess,
  { keyId, tierPlanId, ownPlanName: name }: KeyPlacement,
  limits: Limits,
): Promise<void> {
  const { usagePlans } = access;
  const [known] = await usagePlans.named(name);
  if (known !== undefined) await usagePlans.change(known, tierPlanId, limits);
  await moveKey(access, keyId, known ?? (await usagePlans.create(name, tierPlanId, limits)));
}

/** Puts the key back on its tier's plan, and removes its own. */
export async function placeOnTierPlan(
  access: DeploymentAccess,
  { keyId, tierPlanId, ownPlanName: name }: KeyPlacement,
): Promise<void> {
  await moveKey(access, keyId, tierPlanId);
  for (const planId of await access.usagePlans.named(name)) await access.usagePlans.remove(planId);
}

/** A key is on one plan of a stage, so it leaves the old one first: for that moment the gateway answers 403. */
export async function moveKey(
  { usageKeys, usagePlans }: DeploymentAccess,
  keyId: string,
  planId: string,
): Promise<void> {
  for (const held of await usagePlans.holding(keyId))
    if (held !== planId) await usageKeys.detach(keyId, held);
  if ((await usageKeys.attach(keyId, planId)) === 'on-another-plan')
    throw new PermanentStepError('deployment-changed');
}
