import * as z from 'zod';
import { confirmationKey } from '../../../workflow/change-operation';
import type { WorkflowStep } from '../../../workflow/workflow';
import type { MoveContext, MoveInput } from '../move-input';

/** The source is kept for a while; an operator may cut it short, or cancel. */
export const keep: WorkflowStep<MoveInput> = {
  name: 'keep',
  wait: {
    key: ({ operation }) => confirmationKey(operation.operationId),
    // How often the clock is looked at.
    timeoutSeconds: 3600,
    until,
  },
  do: async (context) => (Date.parse(context.at) >= Date.parse(until(context)) ? {} : { waiting: true }),
};

function until({ operation, input }: MoveContext): string {
  const cutOverAt = z.string().parse(operation.facts.cutOverAt);
  return new Date(Date.parse(cutOverAt) + input.retentionSeconds * 1000).toISOString();
}
