import { PermanentStepError } from '../../../workflow/step-error';
import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import { retireStack } from '../../removal';
import type { OffboardingInput } from '../offboarding-input';

/** An address that no mail can ever reach (RFC 6761): whose it was is forgotten. */
const NOBODY = 'nobody@offboarded.invalid';

/** A silo leaves the releases, and the pipeline deletes its stack against the receipt. The id stays taken for ever. */
export const retire: WorkflowStep<OffboardingInput> = {
  name: 'retire',
  do: async (context) => {
    const { tenant, operation } = context;
    if (!operation.facts.rows && !isForeign(context)) throw new PermanentStepError('data-refused');
    const silo = tenant.model === 'silo' && !isForeign(context);
    const facts = silo ? { change: await retireStack(context, tenant.tier) } : {};
    const name = tenant.tenantId;
    return { facts, tenant: { status: 'offboarded', name, adminEmail: NOBODY } };
  },
};
