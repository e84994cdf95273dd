import { WriteRefusedError } from '../control-table/control-table';
import { stepErrorOf } from './failure';
import { readOperation } from './operation-record';
import type { Callbacks } from './resume-wait';
import { type StepAnswer, stepAnswer } from './step-request';
import { contextOf, readRun, type StepTask, workflowStep } from './step-run';
import { noteInWait, readWait } from './wait-record';
import type { WorkflowDependencies } from './workflow';

export interface WaitingTask extends StepTask {
  readonly taskToken: string;
}

/**
 * Keeps the token by which a waiting state machine goes on, for who ends the step. When that is known already, or
 * nothing is left to wait for, it goes on at once and takes the step again.
 * @throws TransientStepError, PermanentStepError
 */
export async function awaitStep(
  { taskToken, ...task }: WaitingTask,
  dependencies: WorkflowDependencies & { readonly callbacks: Callbacks },
): Promise<StepAnswer> {
  try {
    const run = await readRun(task, dependencies);
    const key = workflowStep(run.workflow, task.step).wait?.key(contextOf(run, dependencies));
    const { table, callbacks } = dependencies;
    const kept = key !== undefined && (await keep(key, task.operationId, taskToken, table));
    // Read after the token is there: who cancels looks for it after they wrote that they do.
    if (!kept || (await readOperation(table, task.operationId))?.cancelling) await callbacks.goOn(taskToken);
    return stepAnswer({ wait: true });
  } catch (error) {
    throw stepErrorOf(error);
  }
}

/** Whether somebody will still say what came of it. */
async function keep(
  key: string,
  operationId: string,
  taskToken: string,
  table: WorkflowDependencies['table'],
): Promise<boolean> {
  try {
    await table.write([noteInWait(key, operationId, { taskToken })]);
  } catch (error) {
    if (error instanceof WriteRefusedError) return false;
    throw error;
  }
  return (await readWait(table, key))?.outcome === undefined;
}
