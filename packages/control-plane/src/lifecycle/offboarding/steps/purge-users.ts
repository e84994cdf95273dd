import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import { removeUsers } from '../../removal';
import type { OffboardingInput } from '../offboarding-input';

/** Removes the tenant's users, and reads the pool back. */
export const purgeUsers: WorkflowStep<OffboardingInput> = {
  name: 'purge-users',
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    const before = (context.operation.facts.users as number | undefined) ?? 0;
    const removed = await removeUsers(context, context.tenant.deploymentId);
    return { facts: { users: before + removed }, tenant: { administrator: 'none' } };
  },
};
