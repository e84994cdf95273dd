import type { WorkflowStep } from '../../../workflow/workflow';
import { retireStack } from '../../removal';
import { type MoveInput, sourceOf } from '../move-input';

/** A silo leaves the releases, and the pipeline deletes its stack against the receipt. */
export const retire: WorkflowStep<MoveInput> = {
  name: 'retire',
  do: async (context) => {
    const { model, tier } = sourceOf(context);
    if (model !== 'silo') return { skipped: true };
    return { facts: { retired: await retireStack(context, tier) } };
  },
};
