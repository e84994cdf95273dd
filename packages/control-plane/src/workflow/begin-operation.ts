import { isDeepStrictEqual } from 'node:util';
import { ConflictProblem, NotFoundProblem, ServiceUnavailableProblem } from '@granary/api';
import type { ControlTable, Write } from '../control-table/control-table';
import { retryRefused } from '../control-table/retry-refused';
import { publishedEvent } from '../events/published-event';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import type { Executions } from './executions';
import { readIdempotencyKey, storeIdempotencyKey } from './idempotency-key';
import { type NewOperation, newOperation } from './operation-progress';
import { newOperationId, type OperationRecord, readOperation, storeNewOperation } from './operation-record';
import type { Workflow } from './workflow';

/** Another operation has the tenant: two at once could undo each other's work. */
export class OperationRunningProblem extends ConflictProblem {
  constructor(
    tenantId: string,
    { kind, operationId }: { readonly kind: string; readonly operationId: string },
  ) {
    super(
      `tenant "${tenantId}" is held by its ${kind}, operation ${operationId}; wait until it has ended, or retry or cancel it if it failed`,
    );
  }
}

export interface Begun {
  readonly operation: OperationRecord;
  /** As it has to be stored in the same transaction: held by the operation. */
  readonly tenant: TenantRecord;
  /** All but the tenant's own write. */
  readonly writes: readonly Write[];
}

/** A new operation that holds the tenant from now on. `at` is ISO 8601. */
export function beginOperation<Input>(
  workflow: Workflow<Input>,
  facts: Omit<NewOperation, 'kind' | 'tenantId'>,
  tenant: TenantRecord,
  at: string,
): Begun {
  const { kind, steps } = workflow;
  const { tenantId } = tenant;
  const { operationId } = facts;
  const operation = newOperation({ ...facts, kind, tenantId }, steps, at);
  const effects = workflow.onStatus?.(operation, tenant) ?? {};
  const change = effects.tenant === 'removed' ? {} : effects.tenant;
  const detail = { operationId, kind, tenantId };
  const started = {
    eventId: `${operationId}:begin`,
    detailType: 'granary_operationStarted',
    detail,
  } as const;
  return {
    operation,
    tenant: { ...tenant, ...change, operation: { operationId, kind }, updatedAt: at },
    writes: [...storeNewOperation(operation), publishedEvent(started, at), ...(effects.writes ?? [])],
  };
}

export interface OperationRequest<Input> extends Pick<NewOperation, 'requestedBy'> {
  readonly workflow: Workflow<Input>;
  readonly tenantId: string;
  readonly input: Input;
  /** @throws ConflictProblem when the tenant is in no state for this. @default any state is fine */
  readonly admit?: (tenant: TenantRecord) => void;
  /** The same key again finds the operation that it began. @default every request begins one */
  readonly idempotencyKey?: string | undefined;
}

export interface RequestDependencies {
  readonly table: ControlTable;
  readonly executions: Executions;
  readonly now: () => Date;
}

/**
 * Begins an operation of a tenant and starts it.
 * @throws NotFoundProblem, OperationRunningProblem, ContentionProblem, ServiceUnavailableProblem when it is kept but
 * could not be started
 */
export async function requestOperation<Input extends object>(
  request: OperationRequest<Input>,
  { table, executions, now }: RequestDependencies,
): Promise<OperationRecord> {
  const { workflow, tenantId, requestedBy, admit, idempotencyKey } = request;
  const input = workflow.input.parse(request.input) as Readonly<Record<string, unknown>>;
  const operation = await retryRefused(`tenant "${tenantId}"`, async () => {
    const known = idempotencyKey && (await begunBy({ ...request, idempotencyKey }, input, table));
    if (known) return known;
    const tenant = await readTenant(table, tenantId);
    if (!tenant) throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
    if (tenant.operation) throw new OperationRunningProblem(tenantId, tenant.operation);
    admit?.(tenant);
    const at = now().toISOString();
    const begun = beginOperation(workflow, { operationId: newOperationId(), input, requestedBy }, tenant, at);
    const { operationId } = begun.operation;
    const kept = idempotencyKey ? [storeIdempotencyKey({ tenantId, idempotencyKey, operationId }, at)] : [];
    await table.write([replaceTenant(begun.tenant), ...begun.writes, ...kept]);
    return begun.operation;
  });
  await startRun(operation, executions);
  return operation;
}

/**
 * The operation that a request began when it was sent first.
 * @throws ConflictProblem when its key was given to another request
 */
async function begunBy<Input>(
  { workflow, tenantId, idempotencyKey }: OperationRequest<Input> & { readonly idempotencyKey: string },
  input: object,
  table: ControlTable,
): Promise<OperationRecord | undefined> {
  const operationId = await readIdempotencyKey(table, { tenantId, idempotencyKey });
  const operation = operationId === undefined ? undefined : await readOperation(table, operationId);
  if (operation && (operation.kind !== workflow.kind || !isDeepStrictEqual(operation.input, input)))
    throw new ConflictProblem(
      `the idempotency key was given to another request, operation ${operation.operationId}; use a new one`,
    );
  return operation;
}

/**
 * Starts an operation's run, once.
 * @throws ServiceUnavailableProblem: the operation stays pending; a retry starts it
 */
export async function startRun(
  operation: OperationRecord,
  executions: Executions,
  words: string = `operation ${operation.operationId} is kept but could not be started; retry it`,
): Promise<void> {
  try {
    await executions.start(operation);
  } catch (cause) {
    throw new ServiceUnavailableProblem(words, { cause, retryAfter: 5 });
  }
}
