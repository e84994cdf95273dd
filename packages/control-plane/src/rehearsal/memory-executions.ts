import type { ExecutionState, Executions, Run } from '../workflow/executions';
import type { Callbacks } from '../workflow/resume-wait';

/** Runs of the state machines in memory, for tests; a test says when one ends. */
export class MemoryExecutions implements Executions, Callbacks {
  /** By operation and run. */
  readonly states = new Map<string, ExecutionState>();
  /** Tokens by which a waiting execution was told to go on. */
  readonly told = new Set<string>();
  /** Thrown by the next starts. @default none */
  outage: Error | undefined;

  async start(run: Run): Promise<void> {
    if (this.outage) throw this.outage;
    if (!this.states.has(nameOf(run))) this.states.set(nameOf(run), 'running');
  }

  async state(run: Run): Promise<ExecutionState> {
    return this.states.get(nameOf(run)) ?? 'absent';
  }

  async goOn(taskToken: string): Promise<void> {
    this.told.add(taskToken);
  }

  end(run: Pick<Run, 'operationId' | 'run'>): void {
    this.states.set(nameOf(run), 'ended');
  }
}

function nameOf({ operationId, run }: Pick<Run, 'operationId' | 'run'>): string {
  return `${operationId}-${run}`;
}
