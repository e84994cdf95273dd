import { awaitStep } from '../workflow/await-step';
import { failStep } from '../workflow/fail-step';
import { type OperationRecord, readOperation } from '../workflow/operation-record';
import type { StepAnswer } from '../workflow/step-request';
import { takeStep } from '../workflow/take-step';
import { endUndoing, undoStep } from '../workflow/undo-step';
import type { AnyWorkflow, WorkflowDependencies } from '../workflow/workflow';
import type { CrashPoint, CrashSchedule } from './crash-schedule';
import type { MemoryExecutions } from './memory-executions';

export interface MemoryMachineOptions {
  readonly dependencies: WorkflowDependencies & { readonly callbacks: MemoryExecutions };
  readonly executions: MemoryExecutions;
  readonly crashes: CrashSchedule;
  /** Tries of a task. @default 3 */
  readonly tries?: number;
  /** Where the process of the next task dies. @default nowhere */
  readonly dies?: () => CrashPoint | undefined;
  /** Told of every task that was taken, with its calls to the outside. @default nobody */
  readonly took?: (calls: number) => void;
  /** Whether what runs the machines dies with a task that is cut off: nothing is recorded of that. @default it lives */
  readonly stops?: () => boolean;
}

/** What ran the machines is gone, and the execution with it. */
export class MachineStoppedError extends Error {
  override readonly name = 'MachineStoppedError';
}

/** How far a machine came. */
export type Stop = 'ended' | 'waiting';

/** What the state machine of a workflow does, for tests: the same tasks in the same order. */
export class MemoryMachine {
  private tokens = 0;

  constructor(private readonly options: MemoryMachineOptions) {}

  /** Runs an operation's latest run from its beginning: what is done is passed by. */
  async run(operationId: string): Promise<Stop> {
    const { operation, workflow } = await this.read(operationId);
    if (operation.direction === 'undo') return this.undo(operation, workflow);
    for (const { name } of workflow.steps) {
      const answer = await this.step(operation, name);
      if (answer === 'waiting') return 'waiting';
      if (answer === 'failed') return this.fail(operation, workflow, name, 'PermanentStepError');
    }
    return this.end(operation);
  }

  /** The wait of an operation's step takes too long. */
  async timeOut(operationId: string): Promise<Stop> {
    const { operation, workflow } = await this.read(operationId);
    const waiting = operation.steps.find(({ status }) => status === 'waiting');
    if (!waiting) throw new Error(`operation ${operationId} does not wait`);
    return this.fail(operation, workflow, waiting.name, 'States.Timeout');
  }

  private async read(operationId: string): Promise<{ operation: OperationRecord; workflow: AnyWorkflow }> {
    const { table, workflows } = this.options.dependencies;
    const operation = await this.options.crashes.run(undefined, () => readOperation(table, operationId));
    const workflow = operation && workflows[operation.kind];
    if (!operation || !workflow) throw new Error(`there is no operation ${operationId}`);
    return { operation, workflow };
  }

  private async step(
    { operationId, run }: OperationRecord,
    step: string,
  ): Promise<'done' | 'waiting' | 'failed'> {
    const { dependencies } = this.options;
    const task = { operationId, run, step };
    for (;;) {
      const answer = await this.tried(() => takeStep(task, dependencies));
      if (answer?.again) continue;
      if (!answer?.wait) return answer ? 'done' : 'failed';
      this.tokens += 1;
      const taskToken = `token-${this.tokens}`;
      if (!(await this.tried(() => awaitStep({ ...task, taskToken }, dependencies)))) return 'failed';
      if (!this.options.executions.told.has(taskToken)) return 'waiting';
    }
  }

  private async fail(
    operation: OperationRecord,
    workflow: AnyWorkflow,
    step: string,
    error: string,
  ): Promise<Stop> {
    const { operationId, run, direction } = operation;
    const task = { operationId, run, step, direction, error: { Error: error } };
    const answer = await this.tried(() => failStep(task, this.options.dependencies));
    return answer?.undo ? this.undo(operation, workflow) : this.end(operation);
  }

  private async undo(operation: OperationRecord, workflow: AnyWorkflow): Promise<Stop> {
    const { dependencies } = this.options;
    const { operationId, run } = operation;
    const undo = async (step: string): Promise<StepAnswer | undefined> => {
      const answer = await this.tried(() => undoStep({ operationId, run, step }, dependencies));
      return answer?.again ? undo(step) : answer;
    };
    for (const { name: step } of [...workflow.steps].reverse())
      if (!(await undo(step))) {
        const task = { operationId, run, step, direction: 'undo' } as const;
        await this.tried(() => failStep(task, dependencies));
        return this.end(operation);
      }
    await this.tried(() => endUndoing({ operationId, run }, dependencies));
    return this.end(operation);
  }

  private end(operation: OperationRecord): Stop {
    this.options.executions.end(operation);
    return 'ended';
  }

  private async tried(task: () => Promise<StepAnswer>): Promise<StepAnswer | undefined> {
    for (let left = this.options.tries ?? 3; left > 0; left -= 1)
      try {
        return await this.options.crashes.run(this.options.dies?.(), task);
      } catch (error) {
        if (this.options.stops?.()) throw new MachineStoppedError();
        if ((error as Error).name === 'PermanentStepError') return undefined;
      } finally {
        this.options.took?.(this.options.crashes.made);
      }
    return undefined;
  }
}
