import { activation } from '../lifecycle/activation/activation';
import { deactivation } from '../lifecycle/deactivation/deactivation';
import { move } from '../lifecycle/move/move';
import { offboarding } from '../lifecycle/offboarding/offboarding';
import { planChange } from '../lifecycle/plan-change/plan-change';
import { onboarding } from '../onboarding/onboarding';
import type { Workflows } from './workflow';
import { type WorkflowShape, workflowShape } from './workflow-shape';

/** Every workflow, by its kind. */
export const WORKFLOWS = {
  onboarding,
  activation,
  deactivation,
  'plan-change': planChange,
  move,
  offboarding,
} as const satisfies Workflows;

/** What the state machines are built from: one each. */
export const WORKFLOW_SHAPES: readonly WorkflowShape[] = Object.values(WORKFLOWS).map(workflowShape);
