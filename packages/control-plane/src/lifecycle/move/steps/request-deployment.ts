import { readDeployment } from '../../../deployment/deployment-record';
import { storePurgeReceipt } from '../../../deployment/purge-receipt';
import { deploymentWait } from '../../../onboarding/onboarding-input';
import { manifestAccess } from '../../../source/manifest-access';
import { requestTenant } from '../../../source/request-tenant';
import type { WorkflowStep } from '../../../workflow/workflow';
import type { MoveContext, MoveInput } from '../move-input';

/** A pull request waits for people, and a release for its windows: a week, in seconds. */
const PATIENCE = 7 * 24 * 3600;

/** A silo comes into the manifest, and the pipeline's registration of it ends the wait. A pool is there. */
export const requestDeployment: WorkflowStep<MoveInput> = {
  name: 'request-deployment',
  wait: {
    timeoutSeconds: PATIENCE,
    key: ({ tenant, input }) => (input.model === 'silo' ? deploymentWait(tenant.tenantId) : undefined),
  },
  do: async (context) => {
    const { tenant, operation, input, ports } = context;
    if (input.model !== 'silo') return { skipped: true };
    if (await isRegistered(context)) return {};
    const { source, way, cell } = await manifestAccess(ports, input.tier);
    const { tenantId: id, name, adminEmail } = tenant;
    const wanted = { id, name, tier: input.tier, cell: input.cell ?? cell, adminEmail };
    const change = await requestTenant(source, way, wanted, operation);
    return { waiting: true, facts: { change } };
  },
  /** What was never deployed goes without a trace. A stack goes by its tombstone: nothing of the tenant is in it. */
  undo: async (context) => {
    const { tenant, operation, input, ports, at } = context;
    if (input.model !== 'silo') return {};
    const { tenantId } = tenant;
    const { operationId } = operation;
    const { source, way } = await manifestAccess(ports, input.tier);
    const request = { operationId: `${operationId}-undo`, way, tenantId };
    if (!(await isRegistered(context))) {
      await source.removeTenant(request);
      return {};
    }
    await source.offboardTenant(request);
    return { writes: [storePurgeReceipt({ tenantId, receiptId: operationId, purgedAt: at })] };
  },
};

/** Whether the silo was deployed for this move: a stack that the tenant had before is another one. */
async function isRegistered({ tenant, table, operation }: MoveContext): Promise<boolean> {
  const known = await readDeployment(table, tenant.tenantId);
  return known !== undefined && known.deployedAt >= operation.createdAt;
}
