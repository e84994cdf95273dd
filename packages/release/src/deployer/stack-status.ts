/** What to do with a stack that is found in a status. */
export type StackMove =
  /** Nothing is there: make it. */
  | 'create'
  | 'update'
  /** Somebody works on it. */
  | 'wait'
  /** It was never whole: away with it, then make it. */
  | 'clear'
  /** Its last update neither came nor went: take it back the rest of the way first. */
  | 'finish-rollback'
  /** Its last update stopped halfway and was told to stay there: take it back. */
  | 'roll-back';

/** By CloudFormation's status, as far as it is no work in progress. */
const MOVES: Readonly<Record<string, StackMove>> = {
  DELETE_COMPLETE: 'create',
  REVIEW_IN_PROGRESS: 'create',
  CREATE_COMPLETE: 'update',
  UPDATE_COMPLETE: 'update',
  UPDATE_ROLLBACK_COMPLETE: 'update',
  IMPORT_COMPLETE: 'update',
  IMPORT_ROLLBACK_COMPLETE: 'update',
  CREATE_FAILED: 'clear',
  ROLLBACK_COMPLETE: 'clear',
  ROLLBACK_FAILED: 'clear',
  DELETE_FAILED: 'clear',
  UPDATE_ROLLBACK_FAILED: 'finish-rollback',
  IMPORT_ROLLBACK_FAILED: 'finish-rollback',
  UPDATE_FAILED: 'roll-back',
};

/** @returns undefined for a status that CloudFormation did not have when this was written */
export function stackMove(status: string | undefined): StackMove | undefined {
  if (status === undefined) return 'create';
  return MOVES[status] ?? (status.endsWith('_IN_PROGRESS') ? 'wait' : undefined);
}

/** Whether an operation ended in what it was for. */
export function isDeployed(status: string): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';
}
