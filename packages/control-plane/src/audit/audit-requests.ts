import type { AuditPort } from '@granary/auth';
import type { ControlTable } from '../control-table/control-table';
import { outboxAudit } from '../events/outbox';

/** Where the services' requests leave their lines: the control table, whose stream carries them to the audit log. */
export function auditRequests(table: ControlTable): AuditPort {
  return (entry) => table.write([outboxAudit(entry)]);
}
