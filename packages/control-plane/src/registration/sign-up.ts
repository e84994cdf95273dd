import {
  type AuditActor,
  ContentionProblem,
  ServiceUnavailableProblem,
  type TenantInput,
} from '@granary/api';
import { retryRefused } from '../control-table/retry-refused';
import { onboarding } from '../onboarding/onboarding';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import { beginOperation, startRun } from '../workflow/begin-operation';
import { type ChangeDependencies, retryOperation } from '../workflow/change-operation';
import { newOperationId, type OperationRecord, readOperation } from '../workflow/operation-record';
import { awaitApproval } from './approval';
import { type RegistrationRecord, readRegistration, storeNewRegistration } from './registration-record';
import { reserve, taken } from './reservation';
import { countSignUp } from './sign-up-count';
import { type Tiers, tierNamed } from './tier-facts';

const KEPT = 'the sign-up is kept but could not be started; send the same request again';

export interface SignUpDependencies extends ChangeDependencies {
  readonly tiers: Tiers;
  /** A registration's id. */
  readonly newId: () => string;
}

/**
 * Reserves the tenant's id, places the tenant and starts its onboarding; a dedicated tier, asked for by anybody but
 * an operator, waits for an operator's approval, and reserves nothing. The same request again, by whoever knows all
 * of it, finds the registration while it runs and lets it go on after it failed. An id whose sign-up failed before
 * anybody was invited is anybody's.
 * @throws InvalidRequestProblem when there is no such tier
 * @throws ConflictProblem when the id is taken
 * @throws ServiceUnavailableProblem when no pool serves the tier, or onboarding cannot be started
 */
export async function signUp(
  request: TenantInput,
  requestedBy: AuditActor,
  dependencies: SignUpDependencies,
): Promise<RegistrationRecord> {
  const input = { ...request, adminEmail: request.adminEmail.toLowerCase() };
  const { table, executions } = dependencies;
  const { model } = tierNamed(input.tier, dependencies.tiers);
  const attempt = async () => {
    const tenant = await readTenant(table, input.tenantId);
    if (model === 'silo' && requestedBy.kind !== 'operator') {
      if (tenant && !(await asked(input, tenant, dependencies))) throw taken(input.tenantId);
      return awaitApproval(input, dependencies);
    }
    const { registration, operation } = tenant
      ? await resume(input, tenant, requestedBy, dependencies)
      : await make(input, requestedBy, dependencies);
    await startRun(operation, executions, KEPT);
    return registration;
  };
  try {
    return await retryRefused(`tenant "${input.tenantId}"`, attempt);
  } catch (cause) {
    if (!(cause instanceof ContentionProblem)) throw cause;
    // Sign-ups of one pool count on one item: a burst of them cannot all be written at the same moment.
    const words = 'too many sign-ups at once; send the same request again';
    throw new ServiceUnavailableProblem(words, { retryAfter: 5, cause });
  }
}

interface SignedUp {
  readonly registration: RegistrationRecord;
  readonly operation: OperationRecord;
}

async function make(
  input: TenantInput,
  requestedBy: AuditActor,
  { table, tiers, newId, now }: SignUpDependencies,
): Promise<SignedUp> {
  const tier = tierNamed(input.tier, tiers);
  const at = now().toISOString();
  const request = { input, registrationId: newId(), requestedBy, tier, at };
  const { registration, operation, writes } = await reserve(request, table);
  const counted = requestedBy.kind === 'operator' ? [] : [await countSignUp(at, table)];
  await table.write([storeNewRegistration(registration), ...writes, ...counted]);
  return { registration, operation };
}

/** The onboarding that somebody began who knew all of the request, with its registration. */
async function asked(
  input: TenantInput,
  tenant: TenantRecord,
  { table }: SignUpDependencies,
): Promise<SignedUp | undefined> {
  const facts = ['name', 'tier', 'adminEmail'] as const;
  if (!facts.every((fact) => tenant[fact] === input[fact])) return undefined;
  if (tenant.operation?.kind !== 'onboarding') return undefined;
  const operation = await readOperation(table, tenant.operation.operationId);
  const id = operation?.input.registrationId;
  const registration = typeof id === 'string' ? await readRegistration(table, id) : undefined;
  return operation && registration ? { operation, registration } : undefined;
}

async function resume(
  input: TenantInput,
  tenant: TenantRecord,
  requestedBy: AuditActor,
  dependencies: SignUpDependencies,
): Promise<SignedUp> {
  const known = await asked(input, tenant, dependencies);
  if (!known) return takeOver(input, tenant, requestedBy, dependencies);
  // What is being taken back is nobody's until it is.
  if (known.operation.direction === 'undo') throw taken(input.tenantId);
  const operation = await retryOperation(known.operation.operationId, dependencies);
  return { operation, registration: known.registration };
}

/** An id whose sign-up failed before anybody was invited is free. Its key is on the tier's plan already. */
async function takeOver(
  input: TenantInput,
  tenant: TenantRecord,
  requestedBy: AuditActor,
  { table, newId, now }: SignUpDependencies,
): Promise<SignedUp> {
  const { tenantId, name, tier, adminEmail } = input;
  const { model, status, administrator, operation: held } = tenant;
  const last = held && (await readOperation(table, held.operationId));
  const abandoned =
    model === 'pool' && status === 'failed' && administrator === 'none' && tenant.tier === tier;
  if (!abandoned || last?.kind !== 'onboarding' || last.direction === 'undo') throw taken(tenantId);
  const at = now().toISOString();
  const [operationId, registrationId] = [newOperationId(), newId()];
  const claimed: TenantRecord = {
    ...{ ...tenant, name, adminEmail },
    status: 'provisioning',
    onboardingId: operationId,
  };
  const wanted = { origin: requestedBy.kind === 'operator' ? 'operator' : 'sign-up', registrationId };
  const begun = beginOperation(onboarding, { operationId, requestedBy, input: wanted }, claimed, at);
  const registration: RegistrationRecord = {
    ...{ registrationId, tenantId, name, tier, adminEmail, operationId },
    status: 'pending',
    createdAt: at,
    updatedAt: at,
  };
  const counted = requestedBy.kind === 'operator' ? [] : [await countSignUp(at, table)];
  await table.write([
    replaceTenant(begun.tenant),
    storeNewRegistration(registration),
    ...begun.writes,
    ...counted,
  ]);
  return { registration, operation: begun.operation };
}
