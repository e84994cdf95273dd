import type { WorkflowStep } from '../../../workflow/workflow';
import { removeUsers } from '../../removal';
import { type MoveInput, sourceOf } from '../move-input';

/** Removes the tenant's users at the source, and reads its pool back. */
export const purgeUsers: WorkflowStep<MoveInput> = {
  name: 'purge-users',
  do: async (context) => {
    await removeUsers(context, sourceOf(context).deploymentId);
    return {};
  },
};
