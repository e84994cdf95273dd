import type { WorkflowStep } from '../../../workflow/workflow';
import { removeUsers } from '../../removal';
import { type MoveInput, sourceOf, targetOf } from '../move-input';
import { syncUsers } from '../sync-users';

/** The tenant's users at the target, with their roles; nobody is told yet. */
export const copyUsers: WorkflowStep<MoveInput> = {
  name: 'copy-users',
  repeats: true,
  do: (context) =>
    syncUsers(context, {
      pass: 'first',
      from: sourceOf(context),
      to: targetOf(context),
      newcomers: 'silent',
    }),
  undo: async (context) => {
    await removeUsers(context, targetOf(context).deploymentId);
    return {};
  },
};
