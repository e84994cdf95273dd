export type { DeploymentStatus } from './deployment/deployment-status';
export type { StepRequest } from './onboarding/step-request';
export { TRANSIENT_STEP_ERROR } from './workflow/step-error';
