/** Root of this package's errors. */
export abstract class ReleaseEngineError extends Error {
  abstract override readonly name: string;
}

/** What was asked for does not exist. */
export class UnknownReleaseError extends ReleaseEngineError {
  readonly name = 'UnknownReleaseError';
}

/** The run or the wave is not in a state that allows it. */
export class ReleaseStateError extends ReleaseEngineError {
  readonly name = 'ReleaseStateError';
}

/** What was asked is not of the form that the function takes. */
export class ReleaseInputError extends ReleaseEngineError {
  readonly name = 'ReleaseInputError';
}
