import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';

/** Whether the state machine has run, or runs, for a registration. */
export type ExecutionState = 'absent' | 'running' | 'ended';

/** Runs of the onboarding state machine: one a registration, ever. */
export interface Executions {
  /** Starts the run; nothing happens when there is or was one. */
  start(registrationId: string): Promise<void>;
  state(registrationId: string): Promise<ExecutionState>;
}

/** An execution's name is the registration's id, so that it can be started once only. */
export class StateMachineExecutions implements Executions {
  constructor(
    private readonly client: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  async start(registrationId: string): Promise<void> {
    const { client, stateMachineArn } = this;
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: registrationId,
          input: JSON.stringify({ registrationId }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async state(registrationId: string): Promise<ExecutionState> {
    const executionArn = `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${registrationId}`;
    try {
      const { status } = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'absent';
      throw error;
    }
  }
}
