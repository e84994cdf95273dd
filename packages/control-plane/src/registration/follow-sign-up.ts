import { NotFoundProblem } from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { type RegistrationRecord, readRegistration } from './registration-record';

/**
 * The registration of an id.
 * @throws NotFoundProblem when there is none
 */
export async function followSignUp(table: ControlTable, registrationId: string): Promise<RegistrationRecord> {
  const registration = await readRegistration(table, registrationId);
  if (!registration) throw new NotFoundProblem('there is no registration of this id');
  return registration;
}
