import { ControlPlaneError } from '../control-plane-error';

export interface SourceErrorOptions extends ErrorOptions {
  /** Whether another try may succeed. */
  readonly transient: boolean;
}

/** The manifest's repository could not be read or changed. The message holds no credential. */
export class SourceError extends ControlPlaneError {
  readonly name = 'SourceError';
  readonly transient: boolean;

  constructor(message: string, { transient, ...options }: SourceErrorOptions) {
    super(message, options);
    this.transient = transient;
  }
}

/** Somebody changed the file since it was read: nothing was written. */
export class StaleSourceError extends ControlPlaneError {
  readonly name = 'StaleSourceError';

  constructor(branch: string, options?: ErrorOptions) {
    super(`branch "${branch}" has moved since it was read; read it again`, options);
  }
}
