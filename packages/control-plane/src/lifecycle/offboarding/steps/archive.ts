import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import { workOnRows } from '../../row-work';
import type { OffboardingInput } from '../offboarding-input';

/** Stops the writes that credentials still could, writes a signed archive, and reads it back. */
export const archive: WorkflowStep<OffboardingInput> = {
  name: 'archive',
  repeats: true,
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    const { deploymentId } = context.tenant;
    return workOnRows(context, [
      ['freeze', { action: 'freeze', deploymentId }],
      ['export', { action: 'export', deploymentId }],
      ['verify-export', { action: 'verify-export', deploymentId }],
    ]);
  },
  undo: async (context) => {
    if (isForeign(context)) return {};
    const { deploymentId } = context.tenant;
    return workOnRows(context, [['undo-freeze', { action: 'thaw', deploymentId }]]);
  },
};
