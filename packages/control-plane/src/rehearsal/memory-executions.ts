import type { ExecutionState, Executions } from '../onboarding/executions';

/** Runs of the state machine in memory, for tests; a test says when one ends. */
export class MemoryExecutions implements Executions {
  readonly states = new Map<string, ExecutionState>();
  /** Thrown by the next starts. @default none */
  outage: Error | undefined;

  async start(registrationId: string): Promise<void> {
    if (this.outage) throw this.outage;
    if (!this.states.has(registrationId)) this.states.set(registrationId, 'running');
  }

  async state(registrationId: string): Promise<ExecutionState> {
    return this.states.get(registrationId) ?? 'absent';
  }

  end(registrationId: string): void {
    this.states.set(registrationId, 'ended');
  }
}
