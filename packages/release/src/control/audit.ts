import { type AuditEntry, auditEntrySchema } from '@granary/api';
import type { ReleaseTable } from '../release-table/release-table';

const PARTITION = 'AUDIT';

/** Adds a line to the release engine's own audit log: who did what, when and why. */
export async function writeAudit(table: Pick<ReleaseTable, 'put'>, entry: AuditEntry): Promise<void> {
  await table.put(
    { ...auditEntrySchema.parse(entry), pk: PARTITION, sk: `${entry.at}#${entry.entryId}` },
    'absent',
  );
}

/** The newest first. */
export async function readAudit(
  table: Pick<ReleaseTable, 'query'>,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const { items } = await table.query({ pk: PARTITION, descending: true, limit });
  return items.map((item) => auditEntrySchema.parse(item));
}
