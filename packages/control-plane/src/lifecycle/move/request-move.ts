import { ConflictProblem, type TierChange } from '@granary/api';
import { listPools } from '../../deployment/deployment-record';
import { choosePool } from '../../deployment/placement';
import { EXTERNAL_DEPLOYMENT } from '../../onboarding/onboarding-input';
import type { TierFacts } from '../../registration/tier-facts';
import type { TenantRecord } from '../../tenant/tenant-record';
import { requestOperation } from '../../workflow/begin-operation';
import type { OperationRecord } from '../../workflow/operation-record';
import { type LifecycleDependencies, type LifecycleRequest, mustBe } from '../lifecycle-request';
import { move } from './move';

/** How long the source is kept for whom nobody said it, in days. */
const RETENTION_DAYS = 7;
const DAY = 24 * 3600;

/**
 * Moves a tenant to a tier of the other model.
 * @throws NotFoundProblem, ConflictProblem when one of both is a foreign application plane's, no pool serves the tier,
 * or another operation has the tenant
 */
export async function requestMove(
  request: LifecycleRequest,
  { tier, cell, retentionDays = RETENTION_DAYS }: TierChange,
  { model, applicationPlane }: TierFacts,
  dependencies: LifecycleDependencies,
): Promise<OperationRecord> {
  const admit = (tenant: TenantRecord) => {
    mustBe(['active', 'inactive'], 'be moved')(tenant);
    if (tenant.deploymentId === EXTERNAL_DEPLOYMENT || applicationPlane === 'events')
      throw new ConflictProblem(
        `tenant "${tenant.tenantId}" cannot be moved from or to another application plane: its rows are not ours to copy`,
      );
    if (tenant.model === model)
      throw new ConflictProblem(`tenant "${tenant.tenantId}" is in a ${model} already`);
  };
  if (model === 'pool' && !choosePool(await listPools(dependencies.table), tier))
    throw new ConflictProblem(`no pool with room serves the tier "${tier}"; release one first`);
  const input = {
    ...{ tier, model, retentionSeconds: retentionDays * DAY },
    ...(model === 'silo' && cell !== undefined ? { cell } : {}),
  };
  return requestOperation({ ...request, workflow: move, input, admit }, dependencies);
}
