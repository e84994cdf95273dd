import {
  ConflictProblem,
  InvalidRequestProblem,
  NotFoundProblem,
  type RegistrationInput,
} from '@granary/api';
import { type ControlTable, WriteRefusedError } from '../control-table/control-table';
import { deploymentKey, listPools } from '../deployment/deployment-record';
import { choosePool } from '../deployment/placement';
import { RESERVED_IDS } from '../deployment/reserved-id';
import type { Executions } from '../onboarding/executions';
import { restartOnboarding, resumptionOf } from '../onboarding/restart';
import { readTenant, type TenantRecord, tenantCodec } from '../tenant/tenant-record';
import {
  newRegistration,
  type RegistrationRecord,
  readRegistration,
  storeNewRegistration,
} from './registration-record';
import { ServiceUnavailableProblem } from './service-unavailable-problem';

/** Tries of a reservation that others get in the way of. */
const TRIES = 5;

export interface SignUpDependencies {
  readonly table: ControlTable;
  readonly executions: Executions;
  /** Model by tier. */
  readonly tiers: Readonly<Record<string, { readonly model: 'pool' | 'silo' }>>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/**
 * Reserves the tenant's id, places the tenant on a pool and starts its onboarding. The same request again, by
 * whoever knows all of it, finds the registration while it runs and starts it anew after it failed. An id whose
 * sign-up failed before anybody was invited is anybody's.
 * @throws InvalidRequestProblem when nobody can sign up for the tier
 * @throws ConflictProblem when the id is taken
 * @throws ServiceUnavailableProblem when no pool serves the tier, or onboarding cannot be started
 */
export async function signUp(
  request: RegistrationInput,
  dependencies: SignUpDependencies,
): Promise<RegistrationRecord> {
  const input = { ...request, adminEmail: request.adminEmail.toLowerCase() };
  refuseTier(input.tier, dependencies.tiers);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      const tenant = await readTenant(dependencies.table, input.tenantId);
      const registration = tenant
        ? await resume(input, tenant, dependencies)
        : await reserve(input, dependencies);
      if (registration.status === 'pending') await start(registration, dependencies.executions);
      return registration;
    } catch (error) {
      if (!(error instanceof WriteRefusedError)) throw error;
    }
  }
  throw new ServiceUnavailableProblem('too many sign-ups at once; send the same request again', {
    retryAfter: 5,
  });
}

/**
 * The registration of an id.
 * @throws NotFoundProblem when there is none
 */
export async function followSignUp(table: ControlTable, registrationId: string): Promise<RegistrationRecord> {
  const registration = await readRegistration(table, registrationId);
  if (!registration) throw new NotFoundProblem('there is no registration of this id');
  return registration;
}

function refuseTier(tier: string, tiers: SignUpDependencies['tiers']): void {
  const model = Object.hasOwn(tiers, tier) ? tiers[tier]?.model : undefined;
  if (model === 'pool') return;
  const open = Object.keys(tiers).filter((name) => tiers[name]?.model === 'pool');
  const problem =
    model === 'silo'
      ? `"${tier}" is a dedicated tier, which an operator has to set up`
      : `"${tier}" is no tier`;
  const advice =
    open.length > 0 ? `choose one of ${open.join(', ')}` : 'no tier is open for sign-up: ask an operator';
  throw new InvalidRequestProblem([{ in: 'body', pointer: '/tier', message: `${problem}; ${advice}` }]);
}

function taken(tenantId: string): ConflictProblem {
  return new ConflictProblem(`the tenant id "${tenantId}" is taken; choose another`);
}

async function reserve(
  input: RegistrationInput,
  { table, newId, now }: SignUpDependencies,
): Promise<RegistrationRecord> {
  const { tenantId, name, tier, adminEmail } = input;
  if (RESERVED_IDS.has(tenantId)) throw taken(tenantId);
  if (await table.get(deploymentKey(tenantId))) throw taken(tenantId);
  const pool = choosePool(await listPools(table), tier);
  if (!pool)
    throw new ServiceUnavailableProblem(`no deployment serves the tier "${tier}" yet; try again later`, {
      retryAfter: 300,
    });
  const at = now().toISOString();
  const { deploymentId } = pool;
  const registration = newRegistration({ registrationId: newId(), tenantId, tier, deploymentId }, at);
  const tenant: TenantRecord = {
    ...{ tenantId, name, tier, adminEmail, deploymentId },
    model: 'pool',
    status: 'provisioning',
    registrationId: registration.registrationId,
    administrator: 'none',
    createdAt: at,
    updatedAt: at,
    revision: 1,
  };
  await table.write([
    // Tenants and deployments share one namespace: a silo tenant's id is its deployment's.
    { type: 'check', key: deploymentKey(tenantId), expect: { kind: 'absent' } },
    { type: 'put', item: tenantCodec.encode(tenant), expect: { kind: 'absent' } },
    storeNewRegistration(registration),
    {
      type: 'update',
      key: deploymentKey(deploymentId),
      add: { tenants: 1 },
      expect: { kind: 'equal', attribute: 'kind', value: 'pool' },
    },
  ]);
  return registration;
}

async function resume(
  input: RegistrationInput,
  tenant: TenantRecord,
  { table, executions, newId, now }: SignUpDependencies,
): Promise<RegistrationRecord> {
  const same =
    tenant.model === 'pool' &&
    (['name', 'tier', 'adminEmail'] as const).every((fact) => tenant[fact] === input[fact]);
  if (!same && !abandoned(tenant, input)) throw taken(input.tenantId);
  const resumption = await resumptionOf(tenant, executions);
  if (resumption === 'none') throw taken(input.tenantId);
  const last = await followSignUp(table, tenant.registrationId);
  if (resumption !== 'restart') return last;
  const { name, adminEmail } = input;
  const claimed = { ...tenant, name, adminEmail };
  const { registration, writes } = restartOnboarding(claimed, last, newId(), now().toISOString());
  await table.write(writes);
  return registration;
}

/** An id whose sign-up failed before anybody was invited is free. Its key is on the tier's plan already. */
function abandoned(tenant: TenantRecord, { tier }: RegistrationInput): boolean {
  const { model, status, administrator } = tenant;
  return model === 'pool' && status === 'failed' && administrator === 'none' && tenant.tier === tier;
}

/** A registration that could not be started stays pending: the same request starts it. */
async function start({ registrationId }: RegistrationRecord, executions: Executions): Promise<void> {
  try {
    await executions.start(registrationId);
  } catch (cause) {
    throw new ServiceUnavailableProblem(
      'the sign-up is kept but could not be started; send the same request again',
      { cause, retryAfter: 5 },
    );
  }
}
