import { SourceError } from '../source/source-error';
import type { FailureReason } from './failure-reason';
import { FAILURE_TABLE, UNNAMED_FAILURE } from './failure-table';
import { PermanentStepError, StepError, TransientStepError } from './step-error';

/** What an error means to a step; the error itself is kept as the cause, for the log. */
export function stepErrorOf(error: unknown): StepError {
  if (error instanceof StepError) return error;
  if (error instanceof SourceError)
    return error.transient
      ? new TransientStepError('busy', { cause: error })
      : new PermanentStepError('source-refused', { cause: error });
  const { retry, reason } = ruleOf(error instanceof Error ? error.name : '');
  return retry
    ? new TransientStepError(reason, { cause: error })
    : new PermanentStepError(reason, { cause: error });
}

/** The reason for an error of which the state machine tells the name only. */
export function reasonOf(errorName: string): FailureReason {
  return ruleOf(errorName).reason;
}

function ruleOf(name: string): { readonly retry: boolean; readonly reason: FailureReason } {
  return FAILURE_TABLE.find(({ names }) => names.includes(name)) ?? UNNAMED_FAILURE;
}
