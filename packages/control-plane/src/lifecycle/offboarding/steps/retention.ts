import { confirmationKey } from '../../../workflow/change-operation';
import type { WorkflowStep } from '../../../workflow/workflow';
import type { OffboardingContext, OffboardingInput } from '../offboarding-input';

/** Everything is kept for a while; an operator may cut it short, or cancel. */
export const retention: WorkflowStep<OffboardingInput> = {
  name: 'retention',
  wait: {
    key: ({ operation }) => confirmationKey(operation.operationId),
    // How often the clock is looked at.
    timeoutSeconds: 3600,
    until,
  },
  do: async (context) => {
    if (Date.parse(context.at) >= Date.parse(until(context))) return {};
    return { waiting: true };
  },
};

/** From the beginning of the operation on: the export is not what takes long. */
function until({ operation, input }: OffboardingContext): string {
  return new Date(Date.parse(operation.createdAt) + input.retentionSeconds * 1000).toISOString();
}
