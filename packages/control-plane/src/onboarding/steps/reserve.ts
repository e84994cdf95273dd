import { deploymentKey, readDeployment } from '../../deployment/deployment-record';
import { PermanentStepError } from '../../workflow/step-error';
import type { WorkflowStep } from '../../workflow/workflow';
import { EXTERNAL_DEPLOYMENT, type OnboardingInput } from '../onboarding-input';

/** The id and the place on the pool are the tenant's since the onboarding began. Undone, both are free again. */
export const reserve: WorkflowStep<OnboardingInput> = {
  name: 'reserve',
  doneByBeginning: true,
  do: async ({ tenant, operation }) => {
    if (tenant.onboardingId !== operation.operationId) throw new PermanentStepError('superseded');
    return {};
  },
  undo: async ({ tenant, table }) => {
    // An invited person would be an administrator of whoever got the id next.
    if (tenant.administrator !== 'none') return {};
    const { tenantId, deploymentId } = tenant;
    if (deploymentId === EXTERNAL_DEPLOYMENT) return { tenant: 'removed' };
    if (tenant.model === 'pool')
      return {
        tenant: 'removed',
        writes: [
          {
            type: 'update',
            key: deploymentKey(deploymentId),
            add: { tenants: -1 },
            expect: { kind: 'present' },
          },
        ],
      };
    // A silo that is deployed has its id for as long as it is.
    return (await readDeployment(table, tenantId)) ? {} : { tenant: 'removed' };
  },
};
