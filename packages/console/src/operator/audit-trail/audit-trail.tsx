import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AuditLine } from '@granary/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useControl } from '../../api-access/clients';
import { AUDIT } from '../../strings/en/operator/audit';
import { actorName } from '../format/actor-name';
import { instant } from '../format/instant';
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
  const lines = useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      control.listAuditLines(
        { query: { ...filter, limit: 100, ...(pageParam === undefined ? {} : { nextToken: pageParam }) } },
        { signal },
      ),
    getNextPageParam: ({ nextToken }) => nextToken,
  });
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SpaceBetween size="s">
      <Listing<AuditLine>
        title={AUDIT.lines}
        items={items}
        query={{ isPending: lines.isPending, error: lines.error, refetch: lines.refetch as never }}
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
      {lines.hasNextPage && (
        <Box textAlign="center">
          <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {AUDIT.more}
          </Button>
        </Box>
      )}
    </SpaceBetween>
  );
}
