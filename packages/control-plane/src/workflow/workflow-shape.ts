import type { OperationKind } from '@granary/api';
import type { AnyWorkflow } from './workflow';

/** What a state machine is built from: a workflow without its functions. */
export interface WorkflowShape {
  readonly kind: OperationKind;
  readonly steps: readonly StepShape[];
}

export interface StepShape {
  readonly name: string;
  /** Whether there is something to undo. */
  readonly undo: boolean;
  /** How long it may wait for somebody outside, in seconds. @default it waits for nobody */
  readonly waitSeconds?: number;
}

export function workflowShape({ kind, steps }: AnyWorkflow): WorkflowShape {
  return {
    kind,
    steps: steps.map(({ name, undo, wait }) => ({
      name,
      undo: undo !== undefined,
      ...(wait ? { waitSeconds: wait.timeoutSeconds } : {}),
    })),
  };
}
