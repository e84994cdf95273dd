import { admitTenant } from '../../../onboarding/admit-tenant';
import type { WorkflowStep } from '../../../workflow/workflow';
import { removeAccess } from '../../removal';
import { type MoveInput, targetOf } from '../move-input';

/** Key, limits and directory entry at the target, where nobody is let in yet. */
export const provision: WorkflowStep<MoveInput> = {
  name: 'provision',
  do: async (context) => ({ facts: { usageKeyId: await admitTenant(context, targetOf(context)) } }),
  undo: async (context) => {
    await removeAccess(context, targetOf(context));
    return {};
  },
};
