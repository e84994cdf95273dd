import { deploymentKey, listPools } from '../../../deployment/deployment-record';
import { choosePool } from '../../../deployment/placement';
import { purgeReceiptKey } from '../../../deployment/purge-receipt';
import { PermanentStepError } from '../../../workflow/step-error';
import type { WorkflowStep } from '../../../workflow/workflow';
import type { MoveInput } from '../move-input';

/** A place on the emptiest pool of the tier. A silo's stack may not be deleted by the receipt of an earlier one. */
export const place: WorkflowStep<MoveInput> = {
  name: 'place',
  do: async ({ tenant, table, input }) => {
    if (input.model === 'silo')
      return {
        writes: [{ type: 'delete', key: purgeReceiptKey(tenant.tenantId), expect: { kind: 'any' } }],
      };
    const pool = choosePool(await listPools(table), input.tier);
    if (!pool) throw new PermanentStepError('no-capacity');
    const { deploymentId } = pool;
    const expect = { kind: 'equal', attribute: 'kind', value: 'pool' } as const;
    return {
      facts: { pool: deploymentId },
      writes: [{ type: 'update', key: deploymentKey(deploymentId), add: { tenants: 1 }, expect }],
    };
  },
  undo: async ({ operation }) => {
    const pool = operation.facts.pool as string | undefined;
    if (pool === undefined) return {};
    return {
      writes: [
        { type: 'update', key: deploymentKey(pool), add: { tenants: -1 }, expect: { kind: 'present' } },
      ],
    };
  },
};
