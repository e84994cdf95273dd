import { type AuditActor, NotFoundProblem } from '@granary/api';
import { UserBusyProblem } from '@granary/auth';
import { WriteRefusedError } from '../control-table/control-table';
import { readDeployment } from '../deployment/deployment-record';
import { outboxAudit } from '../events/outbox';
import { publishedEvent } from '../events/published-event';
import { type TenantPeopleDeps, usersAt } from '../tenant-user/tenant-people';
import { dueItem, type SupportRecord, supportCodec, supportKey } from './support-record';

/**
 * Deletes the user of an access and says so. Fine when it has ended already.
 * @throws NotFoundProblem when there is no such access
 */
export async function endSupportAccess(
  { tenantId, accessId }: Pick<SupportRecord, 'tenantId' | 'accessId'>,
  actor: AuditActor,
  deps: TenantPeopleDeps,
): Promise<void> {
  const item = await deps.table.get(supportKey(tenantId, accessId));
  if (!item) throw new NotFoundProblem(`there is no access "${accessId}" to "${tenantId}"`);
  const record = supportCodec.decode(item);
  if (record.status === 'ended') return;
  await removeUser(record, deps);
  const endedAt = deps.now().toISOString();
  const { userName } = record;
  const due = dueItem(record);
  try {
    await deps.table.write([
      {
        type: 'put',
        item: supportCodec.encode({ ...record, status: 'ended', endedAt }),
        expect: { kind: 'equal', attribute: 'status', value: 'active' },
      },
      { type: 'delete', key: { pk: due.pk, sk: due.sk }, expect: { kind: 'any' } },
      publishedEvent(
        {
          eventId: `${accessId}:ended`,
          detailType: 'sbt_aws_tenantUserDeleted',
          detail: { tenantId, userName },
        },
        endedAt,
      ),
      outboxAudit({
        entryId: `support-access:${accessId}:ended`,
        at: endedAt,
        actor,
        action: 'support-access.end',
        tenantId,
        subject: userName,
        reason: record.reason,
        result: 'succeeded',
      }),
    ]);
  } catch (error) {
    // Somebody else ended it meanwhile.
    if (!(error instanceof WriteRefusedError)) throw error;
  }
}

async function removeUser(record: SupportRecord, deps: TenantPeopleDeps): Promise<void> {
  const deployment = await readDeployment(deps.table, record.deploymentId);
  // A stack that is gone took its users along.
  if (!deployment) return;
  try {
    await usersAt(deployment, record, deps).remove(record.userName);
  } catch (error) {
    if (error instanceof UserBusyProblem || !(error instanceof NotFoundProblem)) throw error;
  }
}
