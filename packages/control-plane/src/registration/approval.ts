import {
  type Approval,
  type AuditActor,
  ConflictProblem,
  type RegistrationInput,
  type Rejection,
  ServiceUnavailableProblem,
} from '@granary/api';
import { retryRefused } from '../control-table/retry-refused';
import { readTenant } from '../tenant/tenant-record';
import { startRun } from '../workflow/begin-operation';
import { retryOperation } from '../workflow/change-operation';
import { followSignUp } from './follow-sign-up';
import {
  decideRegistration,
  findAwaiting,
  type RegistrationRecord,
  registrationListing,
  storeAwaiting,
} from './registration-record';
import { reserve, taken } from './reservation';
import type { SignUpDependencies } from './sign-up';
import { tierNamed } from './tier-facts';

/** Registrations that may wait for operators at a time; the listing lags, so a few more may get in. */
export const AWAITING_LIMIT = 100;

/** Without its id, which is a permission. */
const REGISTRATION = 'the registration';

/**
 * Keeps a request for an operator to decide; nothing is reserved until then. The same request again finds it.
 * @throws ServiceUnavailableProblem when too many wait
 */
export async function awaitApproval(
  { tenantId, name, tier, adminEmail }: RegistrationInput,
  { table, newId, now }: SignUpDependencies,
): Promise<RegistrationRecord> {
  const request = { tenantId, name, tier, adminEmail };
  const known = await findAwaiting(table, request);
  if (known) return known;
  const { list, prefix } = registrationListing('awaiting-approval');
  const waiting = await table.list({ list, ...(prefix ? { prefix } : {}), limit: AWAITING_LIMIT });
  if (waiting.items.length >= AWAITING_LIMIT)
    throw new ServiceUnavailableProblem(
      'too many registrations wait for our operators; try again tomorrow, or write to us',
      { retryAfter: 24 * 3600 },
    );
  const at = now().toISOString();
  const record: RegistrationRecord = {
    ...request,
    registrationId: newId(),
    status: 'awaiting-approval',
    createdAt: at,
    updatedAt: at,
  };
  await table.write(storeAwaiting(record));
  return record;
}

/**
 * Reserves what a waiting registration asks for and starts its onboarding. Approved before, it is found so.
 * @throws NotFoundProblem, ConflictProblem when it was rejected or the id was taken meanwhile,
 * ServiceUnavailableProblem
 */
export async function approve(
  registrationId: string,
  { cell }: Approval,
  requestedBy: AuditActor,
  dependencies: SignUpDependencies,
): Promise<RegistrationRecord> {
  const { table, executions, tiers, now } = dependencies;
  return retryRefused(REGISTRATION, async () => {
    const awaiting = await followSignUp(table, registrationId);
    const { tenantId, name, tier, adminEmail, status, operationId, createdAt } = awaiting;
    if (status === 'rejected') throw new ConflictProblem('the registration was rejected; it stays so');
    if (operationId !== undefined) {
      // Approved before; a start that was lost is made up for.
      if (status === 'pending') await retryOperation(operationId, dependencies);
      return awaiting;
    }
    if (await readTenant(table, tenantId)) throw taken(tenantId);
    const input = { tenantId, name, tier, adminEmail, ...(cell === undefined ? {} : { cell }) };
    const facts = tierNamed(tier, tiers);
    const at = now().toISOString();
    const { registration, operation, writes } = await reserve(
      { input, registrationId, requestedBy, tier: facts, at },
      table,
    );
    const approved = { ...registration, createdAt };
    await table.write([decideRegistration(approved), ...writes]);
    await startRun(operation, executions);
    return approved;
  });
}

/**
 * Turns a waiting registration down. Rejected before, it is found so.
 * @throws NotFoundProblem, ConflictProblem when it was approved, ContentionProblem
 */
export async function reject(
  registrationId: string,
  { reason }: Rejection,
  { table, now }: SignUpDependencies,
): Promise<RegistrationRecord> {
  return retryRefused(REGISTRATION, async () => {
    const awaiting = await followSignUp(table, registrationId);
    if (awaiting.status === 'rejected') return awaiting;
    if (awaiting.status !== 'awaiting-approval')
      throw new ConflictProblem(
        `the registration was approved and is ${awaiting.status}; cancel its operation`,
      );
    const updatedAt = now().toISOString();
    const rejected: RegistrationRecord = { ...awaiting, status: 'rejected', reason, updatedAt };
    await table.write([decideRegistration(rejected)]);
    return rejected;
  });
}
