import { ConflictProblem, NotFoundProblem } from '@granary/api';
import { retryRefused } from '../control-table/retry-refused';
import { readTenant } from '../tenant/tenant-record';
import { type RequestDependencies, startRun } from './begin-operation';
import {
  hasEnded,
  isDone,
  operationCancelled,
  operationCancelling,
  operationFailed,
  operationRetried,
  stepOf,
  unfinishedStep,
} from './operation-progress';
import { type OperationRecord, readOperation } from './operation-record';
import { type Callbacks, resumeWait } from './resume-wait';
import { type Progress, saveProgress } from './save-progress';
import { readWait } from './wait-record';
import type { AnyWorkflow, Workflows } from './workflow';

export interface ChangeDependencies extends RequestDependencies {
  readonly workflows: Workflows;
}

export interface CancelDependencies extends ChangeDependencies {
  readonly callbacks: Callbacks;
}

/**
 * Lets a failed operation go on where it stopped. One that was never started is started; one whose execution ended
 * without a word goes on as if it had failed. One that is on its way is left alone.
 * @throws NotFoundProblem, ConflictProblem when it is over, ServiceUnavailableProblem
 */
export async function retryOperation(
  operationId: string,
  dependencies: ChangeDependencies,
): Promise<OperationRecord> {
  return change(operationId, dependencies, async (operation) => {
    const { status } = operation;
    if (hasEnded(operation))
      throw new ConflictProblem(`operation ${operationId} is ${status}: there is nothing to retry`);
    if (status === 'failed') return { kind: 'next', to: operationRetried };
    const state = await dependencies.executions.state(operation);
    return state === 'ended' ? { kind: 'next', to: operationRetried } : { kind: 'same' };
  });
}

/**
 * Undoes what a failed operation did, the last step first; one that is on its way, if its workflow can be cancelled
 * there, ends at the step at hand and is undone then. One that is being undone is left alone.
 * @throws NotFoundProblem, ConflictProblem when it is over, behind what can be undone, or on its way,
 * ServiceUnavailableProblem
 */
export async function cancelOperation(
  operationId: string,
  dependencies: CancelDependencies,
): Promise<OperationRecord> {
  const { workflows, table, callbacks } = dependencies;
  const cancelled = await change(operationId, dependencies, async (operation) => {
    const { status, direction } = operation;
    const { finalAfter, cancellable } = workflows[operation.kind] as AnyWorkflow;
    if (hasEnded(operation))
      throw new ConflictProblem(`operation ${operationId} is ${status}: there is nothing to cancel`);
    if (direction === 'do' && finalAfter !== undefined && isDone(stepOf(operation, finalAfter)))
      throw new ConflictProblem(
        `operation ${operationId} is behind its step "${finalAfter}": what it does now cannot be undone; let it end, or retry it`,
      );
    if (status === 'failed') return { kind: 'next', to: operationCancelled };
    const state = await dependencies.executions.state(operation);
    if (state === 'ended') return { kind: 'next', to: operationCancelled };
    if (direction === 'undo' || operation.cancelling) return { kind: 'same' };
    if (cancellable) return { kind: 'next', to: operationCancelling };
    throw new ConflictProblem(
      `operation ${operationId} is ${status}; it can be cancelled once it has failed`,
    );
  });
  const key = cancelled.steps.find(({ status }) => status === 'waiting')?.waitsFor;
  const token =
    cancelled.cancelling && key !== undefined ? (await readWait(table, key))?.taskToken : undefined;
  if (token !== undefined) await callbacks.goOn(token);
  return cancelled;
}

/**
 * Ends the wait of an operation for an operator's word: what it kept until then may go.
 * @throws NotFoundProblem, ConflictProblem when it does not wait for that
 */
export async function confirmOperation(
  operationId: string,
  { table, callbacks }: Pick<CancelDependencies, 'table' | 'callbacks'>,
): Promise<OperationRecord> {
  const operation = await readOperation(table, operationId);
  if (!operation) throw new NotFoundProblem(`there is no operation ${operationId}`);
  const key = confirmationKey(operationId);
  const waits = operation.steps.some(({ waitsFor }) => waitsFor === key) && !operation.cancelling;
  if (!waits || !(await resumeWait({ key, outcome: 'succeeded' }, { table, callbacks })))
    throw new ConflictProblem(
      `operation ${operationId} is ${operation.status} and waits for no confirmation; read its steps`,
    );
  return (await readOperation(table, operationId)) ?? operation;
}

/** What a step waits by for an operator's word. */
export function confirmationKey(operationId: string): string {
  return `confirm:${operationId}`;
}

type Decision =
  | { readonly kind: 'same' }
  | { readonly kind: 'next'; readonly to: (operation: OperationRecord, at: string) => OperationRecord };

async function change(
  operationId: string,
  { table, executions, workflows, now }: ChangeDependencies,
  decide: (operation: OperationRecord) => Promise<Decision>,
): Promise<OperationRecord> {
  const changed = await retryRefused(`operation ${operationId}`, async () => {
    const operation = await readOperation(table, operationId);
    const workflow = operation && workflows[operation.kind];
    if (!operation || !workflow) throw new NotFoundProblem(`there is no operation ${operationId}`);
    const decision = await decide(operation);
    if (decision.kind === 'same') return operation;
    const tenant = await readTenant(table, operation.tenantId);
    const held = tenant?.operation?.operationId === operationId;
    // Only what gave its tenant back while it was being undone may go on without one.
    if (tenant ? !held : operation.direction === 'do')
      throw new ConflictProblem(
        `operation ${operationId} no longer holds tenant "${operation.tenantId}": ${tenant?.operation ? `its ${tenant.operation.kind}, operation ${tenant.operation.operationId}, does` : 'it has ended'}`,
      );
    const at = now().toISOString();
    const onItsWay = decision.to === operationCancelling;
    const last = onItsWay ? { operation, tenant } : await closed({ operation, tenant }, table, workflow, at);
    return (await saveProgress(table, workflow, last, decision.to(last.operation, at))).operation;
  });
  await startRun(changed, executions);
  return changed;
}

/** An execution that ended without a word left the operation as it was: first it failed, then it goes on. */
async function closed(
  last: Progress,
  table: ChangeDependencies['table'],
  workflow: AnyWorkflow,
  at: string,
): Promise<Progress> {
  const { operation } = last;
  if (operation.status === 'failed') return last;
  const next = operationFailed(operation, unfinishedStep(operation), 'interrupted', 'hold', at);
  return saveProgress(table, workflow, last, next);
}
