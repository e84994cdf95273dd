import type { WorkflowStep } from '../../../workflow/workflow';
import { workOnRows } from '../../row-work';
import { type MoveInput, sourceOf } from '../move-input';

/** The tenant writes nothing from here until it is served by the target; it reads on. */
export const freeze: WorkflowStep<MoveInput> = {
  name: 'freeze',
  repeats: true,
  do: async (context) =>
    workOnRows(context, [['freeze', { action: 'freeze', deploymentId: sourceOf(context).deploymentId }]]),
  undo: async (context) =>
    workOnRows(context, [['unfreeze', { action: 'thaw', deploymentId: sourceOf(context).deploymentId }]]),
};
