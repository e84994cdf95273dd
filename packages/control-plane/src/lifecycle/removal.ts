import { ownPlanName, usageKeyName } from '../quota/key-placement';
import { manifestAccess } from '../source/manifest-access';
import type { SourceChange } from '../source/source-provider';
import { PermanentStepError, TransientStepError } from '../workflow/step-error';
import type { StepContext } from '../workflow/workflow';
import { portOf } from '../workflow/workflow-ports';
import type { Place } from './access';

/**
 * Deletes a tenant's users in a deployment, with what its directory holds of them, and reads back that none is left.
 * @returns how many were deleted
 * @throws TransientStepError when some are left
 */
export async function removeUsers(context: StepContext<unknown>, deploymentId: string): Promise<number> {
  const { tenantId } = context.tenant;
  const deployment = await context.deployment(deploymentId);
  const { users } = context.open(deployment);
  const found = await users.of(tenantId);
  for (const { email } of found) await users.remove(email);
  if (deployment.users) await portOf(context.ports, 'users')(deployment).rowsOf(tenantId).clear();
  if ((await users.of(tenantId)).length > 0) throw new TransientStepError('interrupted');
  return found.length;
}

/**
 * Deletes a tenant's keys, its own plan and its directory entry in a deployment, and reads back that none is left.
 * @throws PermanentStepError `superseded` when the directory's entry is another onboarding's
 */
export async function removeAccess(
  context: StepContext<unknown>,
  { deploymentId, accessName }: Place,
): Promise<void> {
  const { tenantId, onboardingId } = context.tenant;
  const { usageKeys, usagePlans, directory } = context.open(await context.deployment(deploymentId));
  await directory.remove({ tenantId, onboardingId });
  const named = { tenantId, accessName };
  const name = usageKeyName(context.application, named);
  for (let id = await usageKeys.find(name); id !== undefined; id = await usageKeys.find(name))
    await usageKeys.remove(id);
  const plan = ownPlanName(context.application, named);
  for (const planId of await usagePlans.named(plan)) await usagePlans.remove(planId);
  if ((await usagePlans.named(plan)).length > 0) throw new TransientStepError('interrupted');
  if (await directory.knows(tenantId)) throw new PermanentStepError('superseded');
}

/** Writes the tombstone of a silo of this tier into the manifest. It is allowed to go once its receipt is there. */
export async function retireStack(context: StepContext<unknown>, tier: string): Promise<SourceChange> {
  const { ports, tenant, operation } = context;
  const { source, way } = await manifestAccess(ports, tier);
  return source.offboardTenant({
    operationId: `${operation.operationId}-retire`,
    way,
    tenantId: tenant.tenantId,
  });
}
