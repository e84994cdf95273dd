import { EXTERNAL_DEPLOYMENT } from '../onboarding/onboarding-input';
import { usageKeyName } from '../quota/key-placement';
import { PermanentStepError } from '../workflow/step-error';
import type { StepContext } from '../workflow/workflow';

/** Whether a foreign application plane serves the tenant: it is told by events, and nothing of ours is to be changed. */
export function isForeign({ tenant }: StepContext<unknown>): boolean {
  return tenant.deploymentId === EXTERNAL_DEPLOYMENT;
}

/** Where a tenant is, and what its key and own plan are named by there. */
export interface Place {
  readonly deploymentId: string;
  /** @default the tenant's id */
  readonly accessName?: string | undefined;
}

/**
 * Lets a tenant's requests in or out in one deployment: its directory entry, which the authorizer holds for a minute
 * at most, and its key, by which the gateway lets requests through.
 * @throws PermanentStepError `superseded` when the directory does not know the tenant from its onboarding
 */
export async function setAccess(
  context: StepContext<unknown>,
  status: 'active' | 'inactive',
  { deploymentId, accessName }: Place = context.tenant,
): Promise<void> {
  const { tenant, application, at } = context;
  const { tenantId, onboardingId } = tenant;
  const { directory, usageKeys } = context.open(await context.deployment(deploymentId));
  const keyId = await usageKeys.find(usageKeyName(application, { tenantId, accessName }));
  // The key first: who is let in again is not turned away by it.
  if (keyId !== undefined && status === 'active') await usageKeys.setEnabled(keyId, true);
  if (!(await directory.setStatus({ tenantId, onboardingId, status, updatedAt: at })))
    throw new PermanentStepError('superseded');
  if (keyId !== undefined && status === 'inactive') await usageKeys.setEnabled(keyId, false);
}
