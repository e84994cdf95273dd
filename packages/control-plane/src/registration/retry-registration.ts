import { ConflictProblem } from '@granary/api';
import { type ChangeDependencies, retryOperation } from '../workflow/change-operation';
import { followSignUp } from './follow-sign-up';
import type { RegistrationRecord } from './registration-record';

/**
 * Lets a failed registration go on at the step that failed; one that is on its way is left alone.
 * @throws NotFoundProblem, ConflictProblem when its onboarding has not begun or is over, ServiceUnavailableProblem
 */
export async function retryRegistration(
  registrationId: string,
  dependencies: ChangeDependencies,
): Promise<RegistrationRecord> {
  const registration = await followSignUp(dependencies.table, registrationId);
  const { operationId, status } = registration;
  if (operationId === undefined)
    throw new ConflictProblem(`the registration is ${status}: there is nothing to retry`);
  await retryOperation(operationId, dependencies);
  return registration;
}
