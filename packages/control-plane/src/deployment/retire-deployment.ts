import type { ControlTable } from '../control-table/control-table';
import { retryRefused } from '../control-table/retry-refused';
import { outboxAudit } from '../events/outbox';
import { DeploymentConflictError } from './deployment-error';
import { deploymentKey, readDeployment } from './deployment-record';
import { checkPurge, purgeReceiptKey } from './purge-receipt';

/** Whoever deleted a silo's stack says so. */
export interface RetiredStack {
  readonly deploymentId: string;
  /** When it was gone, ISO 8601. */
  readonly deletedAt: string;
}

export interface RetirementStatus {
  readonly deploymentId: string;
  /** Whether it is listed no more; false when another stack was registered by its id since. */
  readonly retired: boolean;
}

/**
 * Takes a deployment whose stack is deleted out of the list. The releases that it had stay in its history, and the
 * audit log says when it went. Again and again without harm.
 * @throws DeploymentConflictError for a pool, and for a silo whose tenant's data was not purged
 */
export async function retireDeployment(
  { deploymentId, deletedAt }: RetiredStack,
  table: ControlTable,
): Promise<RetirementStatus> {
  return retryRefused(`deployment "${deploymentId}"`, async () => {
    const deployment = await readDeployment(table, deploymentId);
    if (!deployment) return { deploymentId, retired: true };
    if (deployment.kind === 'pool')
      throw new DeploymentConflictError(
        `"${deploymentId}" is a pool: its tenants have to be moved or offboarded, and it is not taken out of the list`,
      );
    if (deployment.deployedAt > deletedAt) return { deploymentId, retired: false };
    const { receipt } = await checkPurge(deploymentId, table);
    if (!receipt)
      throw new DeploymentConflictError(
        `there is no purge receipt of tenant "${deploymentId}": its deployment stays listed until the tenant has been offboarded or moved`,
      );
    await table.write([
      {
        type: 'delete',
        key: deploymentKey(deploymentId),
        expect: { kind: 'equal', attribute: 'revision', value: deployment.revision },
      },
      { type: 'check', key: purgeReceiptKey(deploymentId), expect: { kind: 'present' } },
      outboxAudit({
        entryId: `deployment:${deploymentId}:retired:${deletedAt}`,
        at: deletedAt,
        actor: { kind: 'platform', name: 'release-engine' },
        action: 'deployment.retire',
        tenantId: deploymentId,
        subject: deployment.release,
        reason: `purge receipt ${receipt.receiptId}`,
        result: 'succeeded',
      }),
    ]);
    return { deploymentId, retired: true };
  });
}
