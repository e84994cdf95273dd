import { reasonOf, stepErrorOf } from './failure';
import type { FailureReason } from './failure-reason';
import { hasEnded, isTouched, operationFailed, stepAtHand, stepOf } from './operation-progress';
import { saveProgress } from './save-progress';
import { type StepAnswer, stepAnswer } from './step-request';
import { contextOf, readRun, type StepRun, type StepTask, workflowStep } from './step-run';
import type { WorkflowDependencies } from './workflow';

export interface FailedTask extends StepTask {
  /** What was being done with the step. */
  readonly direction: 'do' | 'undo';
  /** As the state machine caught it; only the name is used. @default unknown */
  readonly error?: { readonly Error: string } | undefined;
}

/**
 * Ends a run whose step was given up: the operation is held, or begins to be undone, as its workflow says of the
 * reason. Again and again without harm.
 * @throws TransientStepError when another try may succeed, PermanentStepError `superseded` when a newer run has the say
 */
export async function failStep(task: FailedTask, dependencies: WorkflowDependencies): Promise<StepAnswer> {
  try {
    const run = await readRun(task, dependencies);
    // The last step was recorded, only its answer was lost.
    if (hasEnded(run.operation)) return stepAnswer();
    const given = run.operation.status === 'failed' || run.operation.direction !== task.direction;
    const step = stepAtHand(run.operation, task.step);
    const failed = given ? run : await close(run, step, reasonFor(run, step, task), dependencies);
    const { status, direction } = failed.operation;
    if (direction === 'do') await takeBack(failed, step, dependencies);
    return stepAnswer({ undo: status === 'compensating' });
  } catch (error) {
    throw stepErrorOf(error);
  }
}

async function close(
  run: StepRun,
  step: string,
  reason: FailureReason,
  { table, now }: WorkflowDependencies,
): Promise<StepRun> {
  // What somebody cancelled is undone, whatever the workflow holds for a retry.
  const then = reason === 'cancelled' ? 'undo' : (run.workflow.onFailure?.(reason, step) ?? 'hold');
  const next = operationFailed(run.operation, step, reason, then, now().toISOString());
  return { ...run, ...(await saveProgress(table, run.workflow, run, next)) };
}

/** The attempt's own reason, unless it could not say one. */
function reasonFor({ operation }: StepRun, step: string, task: FailedTask): FailureReason {
  const known = stepOf(operation, step);
  if (known.status === 'failed' && known.reason) return known.reason;
  const reason = task.error ? reasonOf(task.error.Error) : 'unexpected';
  const waited = known.status === 'waiting' && step === task.step;
  return waited && reason === 'timed-out' ? 'wait-timed-out' : reason;
}

/** The records came first: an attempt that is still on its way can write nothing any more. */
async function takeBack(run: StepRun, name: string, dependencies: WorkflowDependencies): Promise<void> {
  const step = workflowStep(run.workflow, name);
  if (!step.undoWhenGivenUp || !isTouched(stepOf(run.operation, name))) return;
  await step.undo?.(contextOf(run, dependencies));
}
