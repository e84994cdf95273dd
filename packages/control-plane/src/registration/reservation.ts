import { type AuditActor, ConflictProblem, ServiceUnavailableProblem, type TenantInput } from '@granary/api';
import type { ControlTable, Write } from '../control-table/control-table';
import { deploymentKey, listPools } from '../deployment/deployment-record';
import { choosePool } from '../deployment/placement';
import { RESERVED_IDS } from '../deployment/reserved-id';
import { onboarding } from '../onboarding/onboarding';
import { EXTERNAL_DEPLOYMENT } from '../onboarding/onboarding-input';
import { type TenantRecord, tenantCodec } from '../tenant/tenant-record';
import { beginOperation } from '../workflow/begin-operation';
import { newOperationId, type OperationRecord } from '../workflow/operation-record';
import type { RegistrationRecord } from './registration-record';
import type { TierFacts } from './tier-facts';

export interface ReservationRequest {
  readonly input: TenantInput;
  readonly registrationId: string;
  readonly requestedBy: AuditActor;
  readonly tier: TierFacts;
  /** ISO 8601. */
  readonly at: string;
}

export interface Reservation {
  readonly operation: OperationRecord;
  readonly registration: RegistrationRecord;
  /** One transaction, but for the registration's own write. */
  readonly writes: readonly Write[];
}

/** @throws ConflictProblem always */
export function taken(tenantId: string): ConflictProblem {
  return new ConflictProblem(`the tenant id "${tenantId}" is taken; choose another`);
}

/**
 * Reserves the tenant's id and place and begins its onboarding, when the writes are written.
 * @throws ConflictProblem when the id is a stack's, ServiceUnavailableProblem when no pool serves the tier
 */
export async function reserve(request: ReservationRequest, table: ControlTable): Promise<Reservation> {
  const { input, registrationId, requestedBy, tier: facts, at } = request;
  const { tenantId, name, tier, adminEmail, cell } = input;
  if (RESERVED_IDS.has(tenantId)) throw taken(tenantId);
  if (await table.get(deploymentKey(tenantId))) throw taken(tenantId);
  const placement = await placeFor(input, facts, table);
  const operationId = newOperationId();
  const tenant: TenantRecord = {
    ...{ tenantId, name, tier, adminEmail },
    model: facts.model,
    deploymentId: placement.deploymentId,
    status: 'provisioning',
    onboardingId: operationId,
    administrator: 'none',
    createdAt: at,
    updatedAt: at,
    revision: 1,
  };
  const origin = requestedBy.kind === 'operator' ? 'operator' : 'sign-up';
  const wanted = { origin, registrationId, ...(cell === undefined ? {} : { cell }) };
  const begun = beginOperation(onboarding, { operationId, requestedBy, input: wanted }, tenant, at);
  return {
    operation: begun.operation,
    registration: {
      ...{ registrationId, tenantId, name, tier, adminEmail, operationId },
      status: 'pending',
      createdAt: at,
      updatedAt: at,
    },
    writes: [
      // Tenants and deployments share one namespace: a silo tenant's id is its deployment's.
      { type: 'check', key: deploymentKey(tenantId), expect: { kind: 'absent' } },
      { type: 'put', item: tenantCodec.encode(begun.tenant), expect: { kind: 'absent' } },
      ...placement.writes,
      ...begun.writes,
    ],
  };
}

interface Placement {
  readonly deploymentId: string;
  readonly writes: readonly Write[];
}

async function placeFor(
  { tenantId, tier }: TenantInput,
  { model, applicationPlane }: TierFacts,
  table: ControlTable,
): Promise<Placement> {
  if (applicationPlane === 'events') return { deploymentId: EXTERNAL_DEPLOYMENT, writes: [] };
  if (model === 'silo') return { deploymentId: tenantId, writes: [] };
  const pool = choosePool(await listPools(table), tier);
  if (!pool)
    throw new ServiceUnavailableProblem(`no deployment serves the tier "${tier}" yet; try again later`, {
      retryAfter: 300,
    });
  const { deploymentId } = pool;
  const expect = { kind: 'equal', attribute: 'kind', value: 'pool' } as const;
  return {
    deploymentId,
    writes: [{ type: 'update', key: deploymentKey(deploymentId), add: { tenants: 1 }, expect }],
  };
}
