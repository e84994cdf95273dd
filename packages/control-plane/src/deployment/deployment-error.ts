import { ControlPlaneError } from '../control-plane-error';

/** The payload is none that the function takes; lists all that is wrong. */
export class InvalidDeploymentError extends ControlPlaneError {
  readonly name = 'InvalidDeploymentError';

  constructor(readonly faults: readonly string[]) {
    super(`wrong deployment registration: ${faults.join('; ')}`);
  }
}

/** What is registered does not agree with what the control plane has. */
export class DeploymentConflictError extends ControlPlaneError {
  readonly name = 'DeploymentConflictError';
}

export class UnknownDeploymentError extends ControlPlaneError {
  readonly name = 'UnknownDeploymentError';

  constructor(deploymentId: string) {
    super(`deployment "${deploymentId}" was never registered; register it first`);
  }
}
