import type { WorkflowStep } from '../../../workflow/workflow';
import { workOnRows } from '../../row-work';
import { type MoveInput, sourceOf, targetOf } from '../move-input';
import { syncUsers } from '../sync-users';

/** Name of the verification among the work on rows: what it counted is what is purged later. */
export const VERIFIED = 'verify';

/** The second pass: what changed meanwhile, then both ends by count and digest, then the users once more. */
export const finishCopy: WorkflowStep<MoveInput> = {
  name: 'finish-copy',
  repeats: true,
  do: async (context) => {
    const [source, target] = [sourceOf(context), targetOf(context)];
    const between = { from: source.deploymentId, to: target.deploymentId };
    const rows = await workOnRows(context, [
      ['copy-rest', { action: 'copy', ...between, tier: target.tier }],
      [VERIFIED, { action: 'verify', ...between }],
    ]);
    // Once the rows are done: their result is kept before the users are looked at.
    if (rows.facts) return { ...rows, again: rows.again ?? 0 };
    return syncUsers(context, { pass: 'second', from: source, to: target, newcomers: 'silent' });
  },
};
