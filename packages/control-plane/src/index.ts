export type { DeploymentStatus } from './deployment/deployment-status';
export { TRANSIENT_STEP_ERROR } from './onboarding/step-error';
export type { StepRequest } from './onboarding/step-request';
