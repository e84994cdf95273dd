import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign, setAccess } from '../../access';
import type { OffboardingInput } from '../offboarding-input';

/** Nobody changes any more what is exported next. */
export const letOut: WorkflowStep<OffboardingInput> = {
  name: 'let-out',
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    await setAccess(context, 'inactive');
    return {};
  },
  undo: async (context) => {
    if (context.input.was === 'active' && !isForeign(context)) await setAccess(context, 'active');
    return {};
  },
};
