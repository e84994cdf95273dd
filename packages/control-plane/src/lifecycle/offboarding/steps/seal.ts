import type { Sealed } from '../../../tenant-data/seal';
import type { WorkflowStep } from '../../../workflow/workflow';
import { isForeign } from '../../access';
import { storeReceipt } from '../../receipt';
import { rowResult, workOnRows } from '../../row-work';
import type { OffboardingContext, OffboardingInput } from '../offboarding-input';

/** States what was removed, signed; a silo's stack can be deleted from now on. */
export const seal: WorkflowStep<OffboardingInput> = {
  name: 'seal',
  repeats: true,
  do: async (context) => {
    const { tenant, operation } = context;
    const { tenantId, deploymentId } = tenant;
    const statement =
      rowResult<Sealed>(operation.facts, 'seal')?.text ?? JSON.stringify(statementOf(context));
    const outcome = await workOnRows(context, [
      ['seal', { action: 'seal', deploymentId, statement: JSON.parse(statement) }],
    ]);
    const sealed = rowResult<Sealed>({ ...operation.facts, ...outcome.facts }, 'seal');
    if (!sealed || outcome.again !== undefined) return outcome;
    return { ...outcome, writes: storeReceipt({ tenantId, receiptId: operation.operationId, sealed }) };
  },
};

function statementOf(context: OffboardingContext): object {
  const { tenant, operation, at } = context;
  const { tenantId, deploymentId } = tenant;
  const { facts, operationId } = operation;
  const about = { version: 1, receiptId: operationId, tenantId, deploymentId, purgedAt: at };
  if (isForeign(context)) return { ...about, foreign: true };
  return {
    ...about,
    archive: rowResult<object>(facts, 'export'),
    rows: rowResult<object>(facts, 'purge'),
    users: facts.users ?? 0,
    // Read back by the steps before: none of them is there.
    left: { rows: 0, users: 0, keys: 0, plans: 0, directoryEntries: 0 },
  };
}
