import type { WorkflowStep } from '../../../workflow/workflow';
import { workOnRows } from '../../row-work';
import { type MoveInput, sourceOf, targetOf } from '../move-input';

/** The first pass: most rows go over while the tenant writes on. */
export const copyRows: WorkflowStep<MoveInput> = {
  name: 'copy-rows',
  repeats: true,
  do: async (context) => {
    const [source, target] = [sourceOf(context), targetOf(context)];
    return workOnRows(context, [
      ['copy', { action: 'copy', from: source.deploymentId, to: target.deploymentId, tier: target.tier }],
    ]);
  },
  undo: async (context) => {
    const { deploymentId } = targetOf(context);
    return workOnRows(context, [
      // A purge needs it. Where the cut-over was undone, it is frozen already.
      ['undo-freeze', { action: 'freeze', deploymentId }],
      ['undo-purge', { action: 'purge', deploymentId }],
      ['undo-thaw', { action: 'thaw', deploymentId }],
    ]);
  },
};
