import type { AuditActor, OperationKind } from '@granary/api';
import type { FailureReason } from './failure-reason';
import type { OperationRecord, StepRecord } from './operation-record';

/** What a new operation is about. */
export interface NewOperation {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly tenantId: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly requestedBy: AuditActor;
}

/** A step, as far as a new operation knows it. */
export interface NewStep {
  readonly name: string;
  /** Whether the transaction that begins the operation does it. @default false */
  readonly doneByBeginning?: boolean;
}

/** An operation at its beginning. `steps` are in order; `at` is ISO 8601. */
export function newOperation(facts: NewOperation, steps: readonly NewStep[], at: string): OperationRecord {
  return {
    ...facts,
    facts: {},
    status: 'pending',
    direction: 'do',
    run: 1,
    steps: steps.map(({ name, doneByBeginning }) =>
      doneByBeginning
        ? { name, status: 'succeeded', attempts: 1, startedAt: at, endedAt: at }
        : { name, status: 'pending', attempts: 0 },
    ),
    createdAt: at,
    updatedAt: at,
    revision: 1,
  };
}

/** @throws TypeError when the operation has no such step */
export function stepOf(operation: OperationRecord, name: string): StepRecord {
  const step = operation.steps.find((one) => one.name === name);
  if (!step) throw new TypeError(`operation ${operation.operationId} has no step "${name}"`);
  return step;
}

/** Whether nothing is left to do in a step. */
export function isDone({ status }: Pick<StepRecord, 'status'>): boolean {
  return status === 'succeeded' || status === 'skipped';
}

/** Whether a step may have left something behind. */
export function isTouched({ status, attempts }: Pick<StepRecord, 'status' | 'attempts'>): boolean {
  return attempts > 0 && status !== 'undone' && status !== 'skipped';
}

export function stepStarted(operation: OperationRecord, name: string, at: string): OperationRecord {
  const { attempts, repeating, startedAt = at } = stepOf(operation, name);
  const step: StepRecord = repeating
    ? { name, status: 'running', attempts, startedAt }
    : { name, status: 'running', attempts: attempts + 1, startedAt: at };
  return { ...withStep(operation, step, at), status: 'running' };
}

/** The step is not done: the next call goes on with the same attempt. */
export function stepRepeats(operation: OperationRecord, name: string, at: string): OperationRecord {
  return withStep(operation, { ...stepOf(operation, name), repeating: true }, at);
}

/** The step has done its part, and waits for somebody outside. */
export function stepWaiting(
  operation: OperationRecord,
  name: string,
  at: string,
  waitsFor?: string,
): OperationRecord {
  const { repeating: _, ...last } = stepOf(operation, name);
  const step: StepRecord = { ...last, status: 'waiting', ...(waitsFor === undefined ? {} : { waitsFor }) };
  return { ...withStep(operation, step, at), status: 'waiting' };
}

/** The last step's success is the operation's. */
export function stepSucceeded(
  operation: OperationRecord,
  name: string,
  at: string,
  status: 'succeeded' | 'skipped' = 'succeeded',
): OperationRecord {
  const { reason: _, repeating: __, waitsFor: ___, ...last } = stepOf(operation, name);
  const next = withStep(operation, { ...last, status, endedAt: at }, at);
  return { ...next, status: next.steps.every(isDone) ? 'succeeded' : 'running' };
}

/** One attempt failed: the operation goes on trying. */
export function stepFailed(
  operation: OperationRecord,
  name: string,
  reason: FailureReason,
  at: string,
): OperationRecord {
  const { repeating: _, waitsFor: __, ...last } = stepOf(operation, name);
  return withStep(operation, { ...last, status: 'failed', reason, endedAt: at }, at);
}

/**
 * The operation gave up at a step, which keeps the reason it has; without one it takes `reason`. It is held, or
 * begins to be undone.
 */
export function operationFailed(
  operation: OperationRecord,
  name: string,
  reason: FailureReason,
  then: 'hold' | 'undo',
  at: string,
): OperationRecord {
  const known = stepOf(operation, name);
  const next = known.status === 'failed' ? operation : stepFailed(operation, name, reason, at);
  return then === 'undo' && operation.direction === 'do'
    ? { ...next, status: 'compensating', direction: 'undo', updatedAt: at }
    : { ...next, status: 'failed', updatedAt: at };
}

/** What the step had made is gone; why it had failed stays. */
export function stepUndone(operation: OperationRecord, name: string, at: string): OperationRecord {
  const { repeating: _, ...last } = stepOf(operation, name);
  return withStep(operation, { ...last, status: 'undone', endedAt: at }, at);
}

export function operationCompensated(operation: OperationRecord, at: string): OperationRecord {
  return { ...operation, status: 'compensated', updatedAt: at };
}

/** The next run goes on where the last one stopped. */
export function operationRetried(operation: OperationRecord, at: string): OperationRecord {
  const status = operation.direction === 'undo' ? 'compensating' : 'pending';
  return { ...operation, status, run: operation.run + 1, updatedAt: at };
}

/** The next run undoes what was done. */
export function operationCancelled(operation: OperationRecord, at: string): OperationRecord {
  return { ...operation, status: 'compensating', direction: 'undo', run: operation.run + 1, updatedAt: at };
}

/** The step at hand, or the wait, is its last. */
export function operationCancelling(operation: OperationRecord, at: string): OperationRecord {
  return { ...operation, cancelling: true, updatedAt: at };
}

/** Whether it is over for good. */
export function hasEnded({ status }: Pick<OperationRecord, 'status'>): boolean {
  return status === 'succeeded' || status === 'compensated';
}

/** The step at which an operation that ended without a word was cut off. */
export function unfinishedStep(operation: OperationRecord): string {
  const { steps, direction } = operation;
  const step =
    direction === 'undo' ? [...steps].reverse().find(isTouched) : steps.find((one) => !isDone(one));
  return (step ?? (steps.at(-1) as StepRecord)).name;
}

/**
 * The step that a run was at when it was given up at the task of a step. A task passes by what is done, or what has
 * nothing to undo: that cannot fail, or it would be done, or undone, once more.
 */
export function stepAtHand(operation: OperationRecord, name: string): string {
  const step = stepOf(operation, name);
  const passed = operation.direction === 'undo' ? !isTouched(step) : isDone(step);
  return passed ? unfinishedStep(operation) : name;
}

function withStep(operation: OperationRecord, step: StepRecord, at: string): OperationRecord {
  const steps = operation.steps.map((one) => (one.name === step.name ? step : one));
  return { ...operation, steps, updatedAt: at };
}
