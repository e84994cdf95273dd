import type { AuditLine } from '@granary/api';
import { useControl } from '../../api-access/clients';
import { usePagedList } from '../../api-access/paged-list';
import { AUDIT } from '../../strings/en/operator/audit';
import { actorName } from '../format/actor-name';
import { instant } from '../format/instant';
import { listed } from '../listing/listed';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';

export interface AuditFilter {
  readonly tenantId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly action?: string;
}

/** Lines of the audit log, the newest first. */
export function AuditTrail({ filter }: { readonly filter: AuditFilter }) {
  const control = useControl();
  const lines = usePagedList(
    ['audit', filter],
    (query, signal) => control.listAuditLines({ query: { ...query, ...filter } }, { signal }),
    { rows: 100 },
  );
  return (
    <Listing<AuditLine>
      title={AUDIT.lines}
      {...listed(lines)}
      rowId={({ entryId }) => entryId}
      empty={AUDIT.none}
      columns={[
        { id: 'at', header: AUDIT.at, cell: ({ at }) => instant(at), text: ({ at }) => at },
        { id: 'who', header: AUDIT.who, text: ({ actor }) => actorName(actor, AUDIT.anonymous) },
        { id: 'action', header: AUDIT.action, text: ({ action }) => action },
        { id: 'tenant', header: AUDIT.tenant, text: ({ tenantId }) => tenantId ?? AUDIT.platform },
        { id: 'subject', header: AUDIT.subject, text: ({ subject }) => subject ?? '–' },
        { id: 'reason', header: AUDIT.reason, text: ({ reason }) => reason ?? '–' },
        {
          id: 'result',
          header: AUDIT.result,
          cell: ({ result }) => <StateIndicator state={result} />,
          text: ({ result }) => result,
        },
        {
          id: 'sequence',
          header: AUDIT.sequence,
          text: ({ sequence }) => String(sequence),
          order: ({ sequence }) => sequence,
        },
      ]}
    />
  );
}
