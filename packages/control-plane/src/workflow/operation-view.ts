import type { Operation, OperationStep } from '@granary/api';
import { FAILURE_WORDS } from './failure-reason';
import type { OperationRecord } from './operation-record';

/** How far each step is, and why one failed, in words. */
export function stepViews({ steps }: OperationRecord): OperationStep[] {
  return steps.map(({ name, reason, repeating: _, waitsFor: __, ...step }) => ({
    step: name,
    ...step,
    ...(reason ? { reason: FAILURE_WORDS[reason] } : {}),
  }));
}

/** What operators see of an operation. */
export function operationView(record: OperationRecord): Operation {
  const { operationId, kind, tenantId, status, requestedBy, createdAt, updatedAt } = record;
  return { operationId, kind, tenantId, status, steps: stepViews(record), requestedBy, createdAt, updatedAt };
}
