/** What can go wrong in a release, one tree: each error says what, where, and what to change. */
export class ReleaseError extends Error {
  override readonly name: string = 'ReleaseError';
}

/** The deployed pipeline, a buildspec or an artifact holds something that the runner does not execute. */
export class UnsupportedPipelineError extends ReleaseError {
  override readonly name = 'UnsupportedPipelineError';
}

/** An action did its work and the work failed: a command, a stack, a rejected approval. */
export class ActionFailedError extends ReleaseError {
  override readonly name = 'ActionFailedError';
  constructor(
    message: string,
    /** Lines that explain the failure best, oldest first: a log's end or a stack's failed events. */
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The run was stopped from outside (a stop, a dead engine); nothing was wrong with the release. */
export class RunInterruptedError extends ReleaseError {
  override readonly name = 'RunInterruptedError';
}

/** One line for a person from anything that was thrown. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && !error.message.includes(error.cause.message);
  return cause ? `${error.message}: ${messageOf(error.cause)}` : error.message || error.name;
}
