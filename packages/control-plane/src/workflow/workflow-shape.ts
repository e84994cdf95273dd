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
  /** Whether the wait ends as a success by itself: time over is no failure, but a look at the clock. @default false */
  readonly elapses?: boolean;
  /** Whether it may ask to be taken again. @default false */
  readonly repeats?: boolean;
}

export function workflowShape({ kind, steps }: AnyWorkflow): WorkflowShape {
  return {
    kind,
    steps: steps.map(({ name, undo, wait, repeats }) => ({
      name,
      undo: undo !== undefined,
      ...(wait ? { waitSeconds: wait.timeoutSeconds } : {}),
      ...(wait?.until ? { elapses: true } : {}),
      ...(repeats ? { repeats } : {}),
    })),
  };
}
