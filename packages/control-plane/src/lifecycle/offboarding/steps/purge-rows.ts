import { PermanentStepError } from '../../../workflow/step-error';
import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import { rowResult, workOnRows } from '../../row-work';
import type { OffboardingInput } from '../offboarding-input';

/** Removes what the archive holds, and nothing else: rows that differ from it are left, and the step says so. */
export const purgeRows: WorkflowStep<OffboardingInput> = {
  name: 'purge-rows',
  repeats: true,
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    const { deploymentId } = context.tenant;
    const archived = rowResult<{ readonly rows: number; readonly digest: string }>(
      context.operation.facts,
      'verify-export',
    );
    if (!archived) throw new PermanentStepError('data-refused');
    const { rows, digest } = archived;
    return workOnRows(context, [
      ['purge', { action: 'purge', deploymentId, expected: { rows, digest } }],
      ['thaw', { action: 'thaw', deploymentId }],
    ]);
  },
};
