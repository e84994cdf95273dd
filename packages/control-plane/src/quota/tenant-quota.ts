import {
  ConflictProblem,
  type Limits,
  NotFoundProblem,
  ServiceUnavailableProblem,
  type TenantQuota,
} from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { retryRefused } from '../control-table/retry-refused';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import { OperationRunningProblem } from '../workflow/begin-operation';
import type { QuotaEnforcer } from './quota-enforcer';

export interface TenantQuotaDependencies {
  readonly table: ControlTable;
  readonly enforcer: QuotaEnforcer;
  readonly now: () => Date;
  /** Hears of what the gateway could not be told. */
  readonly report: (message: string, error: Error) => void;
}

/** @throws NotFoundProblem */
export async function readQuota(table: ControlTable, tenantId: string): Promise<TenantQuota> {
  return quotaView(await knownTenant(table, tenantId));
}

/**
 * Records limits of a tenant's own and makes its gateway hold them. The same again does no harm.
 * @throws NotFoundProblem, ConflictProblem when the tenant is not onboarded, ServiceUnavailableProblem when the
 * limits are recorded and the gateway could not be told
 */
export async function setQuota(
  tenantId: string,
  limits: Limits,
  dependencies: TenantQuotaDependencies,
): Promise<TenantQuota> {
  await record(tenantId, dependencies, (tenant, updatedAt) => {
    if (tenant.operation) throw new OperationRunningProblem(tenantId, tenant.operation);
    if (tenant.usageKeyId === undefined || !['active', 'inactive'].includes(tenant.status))
      throw new ConflictProblem(
        `tenant "${tenantId}" is ${tenant.status}: it gets limits once it is onboarded`,
      );
    return { ...tenant, override: { ...limits, state: 'applying', updatedAt }, updatedAt };
  });
  await enforce(tenantId, dependencies);
  return readQuota(dependencies.table, tenantId);
}

/**
 * Operations for which the limits may not go meanwhile: a move makes them hold at its target, a change of the tier
 * leaves a key that is on them where it is.
 */
const COUNT_ON_LIMITS: ReadonlySet<string> = new Set(['move', 'plan-change']);

/**
 * Puts a tenant back on its tier's limits; nothing happens when it is on them.
 * @throws NotFoundProblem, OperationRunningProblem while the tenant is moved or changes its tier,
 * ServiceUnavailableProblem
 */
export async function removeQuota(tenantId: string, dependencies: TenantQuotaDependencies): Promise<void> {
  const changed = await record(tenantId, dependencies, ({ override, ...tenant }, updatedAt) => {
    if (tenant.operation && COUNT_ON_LIMITS.has(tenant.operation.kind))
      throw new OperationRunningProblem(tenantId, tenant.operation);
    return override
      ? { ...tenant, override: { ...override, state: 'removing', updatedAt }, updatedAt }
      : undefined;
  });
  if (changed) await enforce(tenantId, dependencies);
}

async function record(
  tenantId: string,
  { table, now }: TenantQuotaDependencies,
  change: (tenant: TenantRecord, at: string) => TenantRecord | undefined,
): Promise<boolean> {
  return retryRefused(`tenant "${tenantId}"`, async () => {
    const changed = change(await knownTenant(table, tenantId), now().toISOString());
    if (changed) await table.write([replaceTenant(changed)]);
    return changed !== undefined;
  });
}

async function enforce(tenantId: string, { enforcer, report }: TenantQuotaDependencies): Promise<void> {
  try {
    await enforcer.enforce(tenantId);
  } catch (error) {
    report('limits not enforced yet', error as Error);
    throw new ServiceUnavailableProblem(
      'the change is kept but the gateway does not hold it yet; send the same request again',
      { cause: error, retryAfter: 5 },
    );
  }
}

async function knownTenant(table: ControlTable, tenantId: string): Promise<TenantRecord> {
  const tenant = await readTenant(table, tenantId);
  if (!tenant) throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
  return tenant;
}

function quotaView({ tenantId, tier, override }: TenantRecord): TenantQuota {
  return { tenantId, tier, ...(override ? { override } : {}) };
}
