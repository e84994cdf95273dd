import { ControlPlaneError } from '../control-plane-error';
import type { FailureReason } from './failure-reason';

/** A step did not succeed. The message is fit for an execution's history: it holds no detail. */
export abstract class StepError extends ControlPlaneError {
  constructor(
    readonly reason: FailureReason,
    options?: ErrorOptions,
  ) {
    super(`step failed: ${reason}`, options);
  }
}

/** The state machine retries tasks that fail by this name. */
export const TRANSIENT_STEP_ERROR = 'TransientStepError';

/** Another try may succeed. */
export class TransientStepError extends StepError {
  readonly name = TRANSIENT_STEP_ERROR;
}

/** Another try would fail the same way. */
export class PermanentStepError extends StepError {
  readonly name = 'PermanentStepError';
}
