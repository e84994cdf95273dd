import { deploymentKey } from '../../../deployment/deployment-record';
import { storePurgeReceipt } from '../../../deployment/purge-receipt';
import type { WorkflowStep } from '../../../workflow/workflow';
import { removeAccess } from '../../removal';
import { type MoveInput, sourceOf } from '../move-input';

/** Removes key, limits and entry at the source; frees the place on a pool, or says that a silo's stack may go. */
export const purgeAccess: WorkflowStep<MoveInput> = {
  name: 'purge-access',
  do: async (context) => {
    const source = sourceOf(context);
    await removeAccess(context, source);
    const { tenantId } = context.tenant;
    const key = deploymentKey(source.deploymentId);
    const receiptId = context.operation.operationId;
    return {
      writes: [
        source.model === 'pool'
          ? { type: 'update', key, add: { tenants: -1 }, expect: { kind: 'present' } }
          : storePurgeReceipt({ tenantId, receiptId, purgedAt: context.at }),
      ],
    };
  },
};
