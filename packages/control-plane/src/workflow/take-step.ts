import { stepErrorOf } from './failure';
import {
  isDone,
  stepFailed,
  stepOf,
  stepRepeats,
  stepStarted,
  stepSucceeded,
  stepWaiting,
} from './operation-progress';
import { saveProgress } from './save-progress';
import { PermanentStepError, TransientStepError } from './step-error';
import { type StepAnswer, stepAnswer } from './step-request';
import {
  contextOf,
  readRun,
  type StepRun,
  type StepTask,
  withFacts,
  withProgress,
  workflowStep,
} from './step-run';
import { closeWait, openWait, readWait } from './wait-record';
import type { StepContext, StepOutcome, WorkflowDependencies, WorkflowStep } from './workflow';

const DONE = stepAnswer();
const WAIT = stepAnswer({ wait: true });

/**
 * Takes one step of an operation and records what came of it. A step that was taken before is taken again without
 * harm; one that is done is left.
 * @throws TransientStepError when another try may succeed, PermanentStepError when it would not
 */
export async function takeStep(task: StepTask, dependencies: WorkflowDependencies): Promise<StepAnswer> {
  try {
    const run = await readRun(task, dependencies);
    const { operation, workflow } = run;
    if (operation.status === 'succeeded' || isDone(stepOf(operation, task.step))) return DONE;
    if (operation.status === 'failed' || operation.direction === 'undo')
      throw new PermanentStepError('already-ended');
    return await attempt(run, workflowStep(workflow, task.step), dependencies);
  } catch (error) {
    throw stepErrorOf(error);
  }
}

async function attempt(
  run: StepRun,
  step: WorkflowStep<unknown>,
  dependencies: WorkflowDependencies,
): Promise<StepAnswer> {
  const { table, now } = dependencies;
  const { workflow } = run;
  const context = contextOf(run, dependencies);
  const key = step.wait?.key(context);
  const known = key === undefined ? undefined : await outcomeOf(key, run, step, dependencies);
  // What was answered before it was cancelled is not unsaid.
  if (run.operation.cancelling && known !== 'succeeded')
    return giveUpOn(run, step, new PermanentStepError('cancelled'), dependencies, key);
  const outcome = known === 'pending' && hasElapsed(step, context) ? 'succeeded' : known;
  if (outcome === 'pending') return WAIT;
  if (outcome === 'succeeded') {
    await settle(run, step, {}, key, dependencies);
    return DONE;
  }
  if (outcome === 'failed')
    return giveUpOn(run, step, new PermanentStepError('refused-outside'), dependencies, key);
  const at = now().toISOString();
  const { operationId } = run.operation;
  const begun = await saveProgress(table, workflow, run, stepStarted(run.operation, step.name, at), {
    tenant: step.before?.(context),
    // Open before anything is asked for: an answer that is faster than we are finds it.
    writes: key === undefined ? [] : [openWait({ key, operationId, step: step.name, openedAt: at })],
  });
  const started: StepRun = { ...run, ...begun };
  try {
    const did = await step.do(withProgress({ ...context, at }, begun));
    if (did.again !== undefined) {
      const repeating = stepRepeats(withFacts(begun.operation, did.facts), step.name, now().toISOString());
      await saveProgress(table, workflow, begun, repeating, { tenant: did.tenant, writes: did.writes });
      return stepAnswer({ again: true, seconds: did.again });
    }
    if (!did.waiting) {
      await settle(started, step, did, key, dependencies);
      return DONE;
    }
    const waiting = stepWaiting(withFacts(begun.operation, did.facts), step.name, now().toISOString(), key);
    await saveProgress(table, workflow, begun, waiting, { tenant: did.tenant, writes: did.writes });
    return WAIT;
  } catch (error) {
    return giveUpOn(started, step, error, dependencies);
  }
}

/** What came of the wait that an earlier attempt of the step opened. */
async function outcomeOf(
  key: string,
  { operation }: StepRun,
  step: WorkflowStep<unknown>,
  { table }: WorkflowDependencies,
): Promise<'pending' | 'succeeded' | 'failed' | undefined> {
  const wait = await readWait(table, key);
  if (wait?.operationId !== operation.operationId || wait.step !== step.name) return undefined;
  return wait.outcome ?? (stepOf(operation, step.name).status === 'waiting' ? 'pending' : undefined);
}

function hasElapsed({ wait }: WorkflowStep<unknown>, context: StepContext<unknown>): boolean {
  const until = wait?.until?.(context);
  return until !== undefined && Date.parse(context.at) >= Date.parse(until);
}

async function settle(
  run: StepRun,
  step: WorkflowStep<unknown>,
  outcome: StepOutcome,
  key: string | undefined,
  { table, now }: WorkflowDependencies,
): Promise<void> {
  const status = outcome.skipped ? 'skipped' : 'succeeded';
  const next = stepSucceeded(withFacts(run.operation, outcome.facts), step.name, now().toISOString(), status);
  await saveProgress(table, run.workflow, run, next, {
    tenant: outcome.tenant,
    writes: [...(outcome.writes ?? []), ...(key === undefined ? [] : [closeWait(key)])],
    ended: stepOf(next, step.name),
  });
}

async function giveUpOn(
  run: StepRun,
  step: WorkflowStep<unknown>,
  error: unknown,
  { table, now }: WorkflowDependencies,
  key?: string,
): Promise<never> {
  const failure = stepErrorOf(error);
  try {
    const next = stepFailed(run.operation, step.name, failure.reason, now().toISOString());
    await saveProgress(table, run.workflow, run, next, {
      // What was refused once is asked for anew by a retry.
      writes: key === undefined ? [] : [closeWait(key)],
      ended: stepOf(next, step.name),
    });
  } catch {
    throw new TransientStepError(failure.reason, { cause: error });
  }
  throw failure;
}
