import { onboarding } from '../onboarding/onboarding';
import type { Workflows } from './workflow';
import { type WorkflowShape, workflowShape } from './workflow-shape';

/** Every workflow, by its kind. */
export const WORKFLOWS = { onboarding } as const satisfies Workflows;

/** What the state machines are built from: one each. */
export const WORKFLOW_SHAPES: readonly WorkflowShape[] = Object.values(WORKFLOWS).map(workflowShape);
