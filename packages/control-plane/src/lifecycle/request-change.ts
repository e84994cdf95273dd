import {
  ConflictProblem,
  InvalidRequestProblem,
  NotFoundProblem,
  type OffboardingOrder,
  type TierChange,
} from '@granary/api';
import { readDeployment } from '../deployment/deployment-record';
import { tierNamed } from '../registration/tier-facts';
import { readTenant, type TenantRecord } from '../tenant/tenant-record';
import { requestOperation } from '../workflow/begin-operation';
import type { OperationRecord } from '../workflow/operation-record';
import { activation } from './activation/activation';
import { deactivation } from './deactivation/deactivation';
import { type LifecycleDependencies, type LifecycleRequest, mustBe } from './lifecycle-request';
import { requestMove } from './move/request-move';
import { offboarding } from './offboarding/offboarding';
import { planChange } from './plan-change/plan-change';

/** @throws NotFoundProblem, ConflictProblem when it is not inactive or another operation has it */
export function activate(
  request: LifecycleRequest,
  dependencies: LifecycleDependencies,
): Promise<OperationRecord> {
  const admit = mustBe(['inactive'], 'be activated');
  return requestOperation({ ...request, workflow: activation, input: {}, admit }, dependencies);
}

/** @throws NotFoundProblem, ConflictProblem when it is not active or another operation has it */
export function deactivate(
  request: LifecycleRequest,
  dependencies: LifecycleDependencies,
): Promise<OperationRecord> {
  const admit = mustBe(['active'], 'be deactivated');
  return requestOperation({ ...request, workflow: deactivation, input: {}, admit }, dependencies);
}

/**
 * Gives a tenant another tier: one of the pool that serves it, or by a move one of the other model.
 * @throws InvalidRequestProblem when there is no such tier
 * @throws NotFoundProblem, ConflictProblem when the tenant's deployment does not serve the tier
 */
export async function changeTier(
  request: LifecycleRequest,
  change: TierChange,
  dependencies: LifecycleDependencies,
): Promise<OperationRecord> {
  const { table, tiers } = dependencies;
  const { tier } = change;
  const tenant = await known(request.tenantId, dependencies);
  const wanted = tierNamed(tier, tiers);
  const present = tiers[tenant.tier];
  // The same request again finds the move that it began, also behind the cut-over.
  if (tenant.model !== wanted.model || tenant.operation?.kind === 'move')
    return requestMove(request, change, wanted, dependencies);
  if (wanted.model === 'silo')
    throw new ConflictProblem(
      `tenant "${request.tenantId}" is on the silo tier "${tenant.tier}" and "${tier}" is one, too: what its stack is like is said in the manifest`,
    );
  if (change.cell !== undefined || change.retentionDays !== undefined)
    throw new ConflictProblem(
      `tenant "${request.tenantId}" stays in its pool on the tier "${tier}": leave out cell and retentionDays, which a move has`,
    );
  const deployment = await readDeployment(table, tenant.deploymentId);
  if (deployment?.usagePlanIds[tier] === undefined)
    throw new ConflictProblem(
      `deployment "${tenant.deploymentId}" does not serve the tier "${tier}": release it there first`,
    );
  // A row that was written to a shard that the tier does not have would not be found any more.
  if ((wanted.shards ?? 1) < (present?.shards ?? 1))
    throw new ConflictProblem(
      `the tier "${tier}" spreads rows over ${wanted.shards} shards, fewer than "${tenant.tier}", where it would find its rows no more: choose a tier with as many`,
    );
  const admit = (found: TenantRecord) => {
    mustBe(['active', 'inactive'], 'change its tier')(found);
    if (found.tier === tier) throw new ConflictProblem(`tenant "${found.tenantId}" is on the tier "${tier}"`);
  };
  const input = { from: tenant.tier, to: tier };
  return requestOperation({ ...request, workflow: planChange, input, admit }, dependencies);
}

/**
 * Takes a tenant out for good: export, retention, purge, receipt. `confirm` is the tenant's name as it stands.
 * @throws InvalidRequestProblem when it is not
 * @throws NotFoundProblem, ConflictProblem
 */
export async function offboard(
  request: LifecycleRequest,
  { confirm, retentionDays }: OffboardingOrder,
  dependencies: LifecycleDependencies,
): Promise<OperationRecord> {
  const { name, status } = await known(request.tenantId, dependencies);
  if (status !== 'offboarded' && confirm !== name)
    throw new InvalidRequestProblem([
      { in: 'body', pointer: '/confirm', message: 'must be the name of the tenant, as it stands' },
    ]);
  const admit = mustBe(['active', 'inactive'], 'be offboarded');
  const was = status === 'inactive' ? 'inactive' : 'active';
  const input = { was, retentionSeconds: retentionDays * 24 * 3600 } as const;
  return requestOperation({ ...request, workflow: offboarding, input, admit }, dependencies);
}

/** @throws NotFoundProblem */
export async function known(
  tenantId: string,
  { table }: Pick<LifecycleDependencies, 'table'>,
): Promise<TenantRecord> {
  const tenant = await readTenant(table, tenantId);
  if (!tenant) throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
  return tenant;
}
