import {
  type AuditActor,
  ConflictProblem,
  InvalidRequestProblem,
  NotFoundProblem,
  type OffboardingOrder,
  type TierChange,
} from '@granary/api';
import { readDeployment } from '../deployment/deployment-record';
import { type Tiers, tierNamed } from '../registration/tier-facts';
import { readTenant, type TenantRecord } from '../tenant/tenant-record';
import { type RequestDependencies, requestOperation } from '../workflow/begin-operation';
import type { OperationRecord } from '../workflow/operation-record';
import { activation } from './activation/activation';
import { deactivation } from './deactivation/deactivation';
import { offboarding } from './offboarding/offboarding';
import { planChange } from './plan-change/plan-change';

export interface LifecycleDependencies extends RequestDependencies {
  readonly tiers: Tiers;
}

/** Who asks for a change of which tenant. */
export interface LifecycleRequest {
  readonly tenantId: string;
  readonly requestedBy: AuditActor;
  /** The same key again finds the operation that it began. @default each request begins one */
  readonly idempotencyKey?: string | undefined;
}

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
 * Gives a tenant another tier of the pool that serves it.
 * @throws InvalidRequestProblem when there is no such tier
 * @throws NotFoundProblem, ConflictProblem when the tenant's deployment does not serve the tier
 */
export async function changeTier(
  request: LifecycleRequest,
  { tier }: TierChange,
  dependencies: LifecycleDependencies,
): Promise<OperationRecord> {
  const { table, tiers } = dependencies;
  const tenant = await known(request.tenantId, dependencies);
  const wanted = tierNamed(tier, tiers);
  const present = tiers[tenant.tier];
  if (tenant.model !== 'pool' || wanted.model !== 'pool')
    throw new ConflictProblem(
      `tenant "${request.tenantId}" is on the ${tenant.model} tier "${tenant.tier}" and "${tier}" is a ${wanted.model} tier: move the tenant to another deployment instead`,
    );
  const deployment = await readDeployment(table, tenant.deploymentId);
  if (deployment?.usagePlanIds[tier] === undefined)
    throw new ConflictProblem(
      `deployment "${tenant.deploymentId}" does not serve the tier "${tier}": move the tenant to one that does`,
    );
  // A row that was written to a shard that the tier does not have would not be found any more.
  if ((wanted.shards ?? 1) < (present?.shards ?? 1))
    throw new ConflictProblem(
      `the tier "${tier}" spreads rows over ${wanted.shards} shards, fewer than "${tenant.tier}": move the tenant to another deployment instead`,
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

export function mustBe(
  statuses: readonly TenantRecord['status'][],
  what: string,
): (tenant: TenantRecord) => void {
  return ({ tenantId, status }) => {
    if (statuses.includes(status)) return;
    throw new ConflictProblem(
      `tenant "${tenantId}" is ${status}: it can ${what} while it is ${statuses.join(' or ')}`,
    );
  };
}
