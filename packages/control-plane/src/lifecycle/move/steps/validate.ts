import { PermanentStepError } from '../../../workflow/step-error';
import type { WorkflowStep } from '../../../workflow/workflow';
import { type MoveInput, sourceFacts } from '../move-input';

/** Keeps where the tenant is; what would fail later for sure fails here, before anything is made. */
export const validate: WorkflowStep<MoveInput> = {
  name: 'validate',
  do: async (context) => {
    const { users } = await context.deployment();
    if (!users) throw new PermanentStepError('deployment-changed');
    return { facts: sourceFacts(context) };
  },
};
