import { ReleaseEngineError } from '../release-error';

/** Root of the errors of a release's steps: the step fails, and the release stops there. */
export abstract class StepError extends ReleaseEngineError {}

/** The build's environment is not what the step needs; lists all that is missing or wrong. */
export class StepSettingsError extends StepError {
  readonly name = 'StepSettingsError';

  constructor(readonly faults: readonly string[]) {
    super(`wrong environment: ${faults.join('; ')}; these come from the pipeline's stack`);
  }
}

/** The deployment does not answer as it must. */
export class SmokeTestError extends StepError {
  readonly name = 'SmokeTestError';
}

/** The control plane refused the deployment, or its tenant did not become active. */
export class RegistrationError extends StepError {
  readonly name = 'RegistrationError';
}
