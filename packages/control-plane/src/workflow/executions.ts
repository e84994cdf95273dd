import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { OperationKind } from '@granary/api';
import { ControlPlaneError } from '../control-plane-error';
import type { OperationRecord } from './operation-record';

/** Whether the state machine has run, or runs, for a run of an operation. */
export type ExecutionState = 'absent' | 'running' | 'ended';

/** Which run of an operation. */
export type Run = Pick<OperationRecord, 'operationId' | 'kind' | 'run' | 'direction'>;

/** Executions of the workflows' state machines: one for each run of an operation, ever. */
export interface Executions {
  /** Starts the run; nothing happens when there is or was one. */
  start(run: Run): Promise<void>;
  state(run: Run): Promise<ExecutionState>;
}

/** No state machine runs this kind here. */
export class UnknownMachineError extends ControlPlaneError {
  readonly name = 'UnknownMachineError';

  constructor(kind: string, known: readonly string[]) {
    super(
      `no state machine runs "${kind}", only ${known.join(', ') || 'none'}; name it in WORKFLOW_MACHINES`,
    );
  }
}

/** The input of a state machine. */
export interface ExecutionInput {
  readonly operationId: string;
  readonly run: number;
  readonly direction: 'do' | 'undo';
}

/** An execution's name is made of the operation and the run, so that it can be started once only. */
export class StateMachineExecutions implements Executions {
  constructor(
    private readonly client: SFNClient,
    /** ARN by kind. */
    private readonly machines: Readonly<Partial<Record<OperationKind, string>>>,
  ) {}

  async start({ operationId, kind, run, direction }: Run): Promise<void> {
    const input: ExecutionInput = { operationId, run, direction };
    try {
      await this.client.send(
        new StartExecutionCommand({
          stateMachineArn: this.machine(kind),
          name: executionName(operationId, run),
          input: JSON.stringify(input),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async state({ operationId, kind, run }: Run): Promise<ExecutionState> {
    const machine = this.machine(kind).replace(':stateMachine:', ':execution:');
    const executionArn = `${machine}:${executionName(operationId, run)}`;
    try {
      const { status } = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'absent';
      throw error;
    }
  }

  private machine(kind: OperationKind): string {
    const arn = this.machines[kind];
    if (arn === undefined) throw new UnknownMachineError(kind, Object.keys(this.machines));
    return arn;
  }
}

function executionName(operationId: string, run: number): string {
  return `${operationId}-${run}`;
}
