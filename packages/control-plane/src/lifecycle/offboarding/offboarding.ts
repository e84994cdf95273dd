import type { Workflow } from '../../workflow/workflow';
import { type OffboardingInput, offboardingInputSchema } from './offboarding-input';
import { archive } from './steps/archive';
import { deprovision } from './steps/deprovision';
import { letOut } from './steps/let-out';
import { purgeAccess } from './steps/purge-access';
import { purgeRows } from './steps/purge-rows';
import { purgeUsers } from './steps/purge-users';
import { retention } from './steps/retention';
import { retire } from './steps/retire';
import { seal } from './steps/seal';

/** From a tenant to a receipt: nothing that was the tenant's stays, but for what was signed and what was billed. */
export const offboarding: Workflow<OffboardingInput> = {
  kind: 'offboarding',
  input: offboardingInputSchema,
  steps: [letOut, archive, retention, deprovision, purgeRows, purgeUsers, purgeAccess, seal, retire],
  cancellable: true,
  finalAfter: 'retention',
  onStatus: ({ status, input }) => {
    if (status === 'pending') return { tenant: { status: 'offboarding' } };
    return status === 'compensated' ? { tenant: { status: offboardingInputSchema.parse(input).was } } : {};
  },
};
