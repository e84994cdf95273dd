import type { AuditEntry } from '@granary/api';
import type { ControlTable, Write } from '../control-table/control-table';
import { outboxAudit } from '../events/outbox';
import { publishedEvent } from '../events/published-event';
import { replaceTenant, type TenantRecord, tenantKey } from '../tenant/tenant-record';
import { hasEnded, operationFailed, unfinishedStep } from './operation-progress';
import { type OperationRecord, replaceOperation, type StepRecord } from './operation-record';
import type { StatusEffects, TenantChange, Workflow } from './workflow';

/** An operation with the tenant that it holds; none once it gave the id back. */
export interface Progress {
  readonly operation: OperationRecord;
  readonly tenant: TenantRecord | undefined;
}

/** What a transition changes besides the operation. */
export interface Transition {
  readonly tenant?: TenantChange | undefined;
  readonly writes?: readonly Write[] | undefined;
  /** The step that ended with it, for the audit log. @default none */
  readonly ended?: StepRecord | undefined;
}

/**
 * Stores a transition in one transaction: the operation, its tenant, events and audit lines. A run that another took
 * over from is refused, since both records have moved on.
 * @throws WriteRefusedError
 */
export async function saveProgress<Input>(
  table: ControlTable,
  workflow: Workflow<Input>,
  last: Progress,
  next: OperationRecord,
  transition: Transition = {},
): Promise<Progress> {
  const effects: StatusEffects =
    next.status === last.operation.status ? {} : (workflow.onStatus?.(next, last.tenant) ?? {});
  const tenant = changed(last.tenant, next, [transition.tenant, effects.tenant]);
  await table.write([
    replaceOperation(next),
    ...tenantWrites(last.tenant, tenant),
    ...(transition.writes ?? []),
    ...(effects.writes ?? []),
    ...(transition.ended ? [stepAudit(next, transition.ended)] : []),
    ...statusEvents(last.operation, next),
  ]);
  return {
    operation: { ...next, revision: next.revision + 1 },
    tenant: tenant && { ...tenant, revision: tenant.revision + 1 },
  };
}

/** What closes an operation whose execution ended without a word, when another takes its tenant over. */
export function supersede(operation: OperationRecord, at: string): Write[] {
  if (operation.status === 'failed' || hasEnded(operation)) return [];
  const next = operationFailed(operation, unfinishedStep(operation), 'superseded', 'hold', at);
  return [replaceOperation(next), ...statusEvents(operation, next)];
}

/** The tenant as the changes leave it: none when one of them gives the id back. An operation that ends lets go of it. */
function changed(
  tenant: TenantRecord | undefined,
  { operationId, status, updatedAt }: OperationRecord,
  changes: readonly (TenantChange | undefined)[],
): TenantRecord | undefined {
  if (!tenant || changes.includes('removed')) return undefined;
  const next: TenantRecord = Object.assign({}, tenant, ...changes);
  const { operation, ...free } = next;
  const changedAt = changes.some((change) => change !== undefined) ? { updatedAt } : {};
  return operation?.operationId === operationId && hasEnded({ status })
    ? { ...free, ...changedAt }
    : { ...next, ...changedAt };
}

function tenantWrites(last: TenantRecord | undefined, next: TenantRecord | undefined): Write[] {
  if (next) return [replaceTenant(next)];
  if (!last) return [];
  const expect = { kind: 'equal', attribute: 'revision', value: last.revision } as const;
  return [{ type: 'delete', key: tenantKey(last.tenantId), expect }];
}

function stepAudit(operation: OperationRecord, step: StepRecord): Write {
  const { operationId, kind, tenantId, direction, revision, updatedAt } = operation;
  const entry: AuditEntry = {
    // Each revision is written once.
    entryId: `${operationId}-${revision}`,
    at: updatedAt,
    actor: { kind: 'platform', name: 'workflow' },
    action: direction === 'undo' ? `${kind}.${step.name}.undo` : `${kind}.${step.name}`,
    tenantId,
    subject: operationId,
    ...(step.reason && step.status === 'failed' ? { reason: step.reason } : {}),
    result: step.status === 'failed' ? 'failed' : 'succeeded',
  };
  return outboxAudit(entry);
}

function statusEvents(last: OperationRecord, next: OperationRecord): Write[] {
  const { operationId, kind, tenantId, status, run, updatedAt } = next;
  if (status === last.status) return [];
  const about = { operationId, kind, tenantId };
  if (status === 'succeeded')
    return [
      publishedEvent(
        { eventId: `${operationId}:succeeded`, detailType: 'granary_operationSucceeded', detail: about },
        updatedAt,
      ),
    ];
  if (status !== 'failed' && !(status === 'compensating' && last.direction === 'do')) return [];
  const failed = next.steps.find((step) => step.status === 'failed');
  const reason = failed?.reason ?? 'cancelled';
  const detail = { ...about, reason, ...(failed ? { step: failed.name } : {}) };
  return [
    publishedEvent(
      { eventId: `${operationId}:failed:${run}`, detailType: 'granary_operationFailed', detail },
      updatedAt,
    ),
  ];
}
