export type { DeploymentStatus } from './deployment/deployment-status';
export type { StepAnswer, StepRequest } from './workflow/step-request';
export type { StepShape, WorkflowShape } from './workflow/workflow-shape';
export { WORKFLOW_SHAPES } from './workflow/workflows';
export { TRANSIENT_STEP_ERROR } from './workflow/step-error';
