import { WriteRefusedError } from '../control-table/control-table';
import { readDeployment } from '../deployment/deployment-record';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import { stepErrorOf } from '../workflow/failure';
import { PermanentStepError, TransientStepError } from '../workflow/step-error';
import type { WorkflowDependencies } from '../workflow/workflow';
import { ownPlanName, placeOnOwnPlan, placeOnTierPlan } from './key-placement';

/** Tries when the record changes in between: the newest override is the one that has to hold. */
const TRIES = 4;

/**
 * Makes the gateway of a tenant's deployment hold what the tenant's record says, and records that it does. Again
 * and again without harm.
 * @throws TransientStepError when another try may succeed, PermanentStepError when it would not
 */
export async function applyQuota(tenantId: string, dependencies: WorkflowDependencies): Promise<void> {
  try {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const tenant = await readTenant(dependencies.table, tenantId);
      if (!tenant?.override) return;
      await place(tenant, dependencies);
      try {
        await dependencies.table.write([replaceTenant(settled(tenant))]);
        return;
      } catch (error) {
        if (!(error instanceof WriteRefusedError)) throw error;
      }
    }
  } catch (error) {
    throw stepErrorOf(error);
  }
  throw new TransientStepError('busy');
}

async function place(
  tenant: TenantRecord,
  { table, open, application }: WorkflowDependencies,
): Promise<void> {
  const { tier, deploymentId, usageKeyId, override } = tenant;
  const deployment = await readDeployment(table, deploymentId);
  const tierPlanId = deployment?.usagePlanIds[tier];
  if (!deployment || !override || usageKeyId === undefined || tierPlanId === undefined)
    throw new PermanentStepError('deployment-changed');
  const placement = { keyId: usageKeyId, tierPlanId, ownPlanName: ownPlanName(application, tenant) };
  if (override.state === 'removing') await placeOnTierPlan(open(deployment), placement);
  else await placeOnOwnPlan(open(deployment), placement, override);
}

function settled({ override, ...tenant }: TenantRecord): TenantRecord {
  return !override || override.state === 'removing'
    ? tenant
    : { ...tenant, override: { ...override, state: 'applied' } };
}
