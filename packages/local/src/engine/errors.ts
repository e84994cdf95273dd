/** What can go wrong with the engine, one tree: each error says what, where, and what to change. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
}

/** The machine lacks what the engine needs, or its environment could not be made. */
export class EngineInstallError extends EngineError {
  override readonly name = 'EngineInstallError';
}

/** The engine process did not come up. */
export class EngineStartError extends EngineError {
  override readonly name = 'EngineStartError';
  constructor(
    message: string,
    /** `port-taken`, `engine-version`, `gap-version`, `gap-broken`, `engine-missing`, `no-settings`, `ended`, `slow`. */
    readonly reason: string,
  ) {
    super(message);
  }
}

/** The engine runs and turned a request of ours down. */
export class EngineRequestError extends EngineError {
  override readonly name = 'EngineRequestError';
  constructor(
    message: string,
    /** HTTP status of the answer. */
    readonly status: number,
  ) {
    super(message);
  }
}
