import type { Registration, RegistrationEntry } from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { readOperation } from '../workflow/operation-record';
import { stepViews } from '../workflow/operation-view';
import type { RegistrationRecord } from './registration-record';

/** What whoever holds the registration's id sees: its progress, and why a step failed, in words. */
export async function registrationView(
  record: RegistrationRecord,
  table: ControlTable,
): Promise<Registration> {
  const { registrationId, tenantId, tier, createdAt, reason, operationId } = record;
  const operation = operationId === undefined ? undefined : await readOperation(table, operationId);
  const { status, updatedAt } = operation ?? record;
  return {
    ...{ registrationId, tenantId, tier, status, createdAt, updatedAt },
    steps: operation ? stepViews(operation) : [],
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What operators see of a registration in a list. */
export function registrationEntry({ expiresAt: _, ...entry }: RegistrationRecord): RegistrationEntry {
  return entry;
}
