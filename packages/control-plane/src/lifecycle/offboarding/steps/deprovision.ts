import { publishedEvent } from '../../../events/published-event';
import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import type { OffboardingInput } from '../offboarding-input';

/** A foreign application plane removes what it made, and says so: a week at most. */
export const deprovision: WorkflowStep<OffboardingInput> = {
  name: 'deprovision',
  wait: {
    key: (context) => (isForeign(context) ? `deprovision:${context.tenant.tenantId}` : undefined),
    timeoutSeconds: 7 * 24 * 3600,
  },
  do: async (context) => {
    if (!isForeign(context)) return { skipped: true };
    const { tenantId, name: tenantName, tier, adminEmail: email } = context.tenant;
    const { operationId, run } = context.operation;
    const detail = { tenantId, tenantRegistrationId: operationId, tenantName, email, tier };
    const eventId = `${operationId}:offboarding:${run}`;
    const event = { eventId, detailType: 'sbt_aws_offboardingRequest', detail } as const;
    return { waiting: true, writes: [publishedEvent(event, context.at)] };
  },
};
