import { PermanentStepError } from '../../../workflow/step-error';
import type { WorkflowStep } from '../../../workflow/workflow';
import { rowResult, workOnRows } from '../../row-work';
import { type MoveInput, sourceOf } from '../move-input';
import { VERIFIED } from './finish-copy';

/** Removes at the source what was verified at the target, and nothing else; ends the freeze. */
export const purgeRows: WorkflowStep<MoveInput> = {
  name: 'purge-rows',
  repeats: true,
  do: async (context) => {
    const { deploymentId } = sourceOf(context);
    const { facts } = context.operation;
    const verified = rowResult<{ readonly rows: number; readonly digest: string }>(facts, VERIFIED);
    if (!verified) throw new PermanentStepError('data-refused');
    const { rows, digest } = verified;
    return workOnRows(context, [
      ['purge', { action: 'purge', deploymentId, expected: { rows, digest } }],
      ['thaw', { action: 'thaw', deploymentId }],
    ]);
  },
};
