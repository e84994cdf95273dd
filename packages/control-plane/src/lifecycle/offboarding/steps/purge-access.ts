import { deploymentKey } from '../../../deployment/deployment-record';
import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import { removeAccess } from '../../removal';
import type { OffboardingInput } from '../offboarding-input';

/** Removes key, limits and directory entry, reads them back, and gives the place on a pool to somebody else. */
export const purgeAccess: WorkflowStep<OffboardingInput> = {
  name: 'purge-access',
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    const { deploymentId, model } = context.tenant;
    await removeAccess(context, context.tenant);
    return {
      tenant: { usageKeyId: undefined, override: undefined },
      writes:
        model === 'pool'
          ? [
              {
                type: 'update',
                key: deploymentKey(deploymentId),
                add: { tenants: -1 },
                expect: { kind: 'present' },
              },
            ]
          : [],
    };
  },
};
