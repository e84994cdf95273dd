import type { Write } from '../control-table/control-table';
import { stepErrorOf } from './failure';
import {
  isTouched,
  operationCompensated,
  stepFailed,
  stepOf,
  stepRepeats,
  stepUndone,
} from './operation-progress';
import { saveProgress } from './save-progress';
import { PermanentStepError, TransientStepError } from './step-error';
import { type StepAnswer, stepAnswer } from './step-request';
import { contextOf, readRun, type StepRun, type StepTask, withFacts, workflowStep } from './step-run';
import { closeWait } from './wait-record';
import type { WorkflowDependencies, WorkflowStep } from './workflow';

const UNDONE = stepAnswer({ undo: true });

/**
 * Takes back what one step made and records that it did. Again and again without harm; a step that was never begun
 * is left.
 * @throws TransientStepError when another try may succeed, PermanentStepError when it would not
 */
export async function undoStep(task: StepTask, dependencies: WorkflowDependencies): Promise<StepAnswer> {
  try {
    const run = await readRun(task, dependencies);
    if (run.operation.status === 'compensated') return UNDONE;
    if (run.operation.direction !== 'undo') throw new PermanentStepError('already-ended');
    const step = workflowStep(run.workflow, task.step);
    if (!step.undo || !isTouched(stepOf(run.operation, step.name))) return UNDONE;
    return await attempt(run, step, dependencies);
  } catch (error) {
    throw stepErrorOf(error);
  }
}

/** Records that all is undone: the tenant is free for its next operation. */
export async function endUndoing(
  task: Pick<StepTask, 'operationId' | 'run'>,
  dependencies: WorkflowDependencies,
): Promise<StepAnswer> {
  try {
    const run = await readRun(task, dependencies);
    if (run.operation.status === 'compensated') return UNDONE;
    if (run.operation.direction !== 'undo') throw new PermanentStepError('already-ended');
    const next = operationCompensated(run.operation, dependencies.now().toISOString());
    await saveProgress(dependencies.table, run.workflow, run, next, { writes: waitsOf(run, dependencies) });
    return UNDONE;
  } catch (error) {
    throw stepErrorOf(error);
  }
}

/** Closes what the steps wait by: one that was given up while it waited may have nothing to undo. */
function waitsOf(run: StepRun, dependencies: WorkflowDependencies): Write[] {
  // Who gave the tenant back has undone its steps.
  if (!run.tenant) return [];
  const context = contextOf(run, dependencies);
  const keys = run.workflow.steps.map(({ wait }) => wait?.key(context));
  return keys.flatMap((key) => (key === undefined ? [] : [closeWait(key)]));
}

async function attempt(
  run: StepRun,
  step: WorkflowStep<unknown>,
  dependencies: WorkflowDependencies,
): Promise<StepAnswer> {
  const { table, now } = dependencies;
  const context = contextOf(run, dependencies);
  const key = step.wait?.key(context);
  try {
    const undone = await step.undo?.(context);
    if (undone?.again !== undefined) {
      const next = stepRepeats(withFacts(run.operation, undone.facts), step.name, now().toISOString());
      await saveProgress(table, run.workflow, run, next, { tenant: undone.tenant, writes: undone.writes });
      return stepAnswer({ undo: true, again: true, seconds: undone.again });
    }
    const next = stepUndone(withFacts(run.operation, undone?.facts), step.name, now().toISOString());
    await saveProgress(table, run.workflow, run, next, {
      tenant: undone?.tenant,
      writes: [...(undone?.writes ?? []), ...(key === undefined ? [] : [closeWait(key)])],
      ended: stepOf(next, step.name),
    });
    return UNDONE;
  } catch (error) {
    const failure = stepErrorOf(error);
    try {
      const next = stepFailed(run.operation, step.name, failure.reason, now().toISOString());
      await saveProgress(table, run.workflow, run, next, { ended: stepOf(next, step.name) });
    } catch {
      throw new TransientStepError(failure.reason, { cause: error });
    }
    throw failure;
  }
}
