import Link from '@cloudscape-design/components/link';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import type { RegistrationEntry, RegistrationStatus } from '@granary/api';
import { allItems, type ControlClient } from '@granary/client';
import { useMemo, useState } from 'react';
import { useControl } from '../../api-access/clients';
import { usePagedList } from '../../api-access/paged-list';
import { Page } from '../../shell/page';
import { REGISTRATIONS } from '../../strings/en/operator/registrations';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { listed } from '../listing/listed';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';
import { byUrgency, OPEN_STATUSES } from './open-registrations';
import { RegistrationOrders } from './registration-orders-bar';

interface StatusQuery {
  readonly query: { readonly status: RegistrationStatus; readonly limit?: number };
}

function readOpen(control: ControlClient, signal: AbortSignal) {
  return Promise.all(
    OPEN_STATUSES.map((status) =>
      allItems<StatusQuery, RegistrationEntry>(control.listRegistrations, { query: { status } }, { signal }),
    ),
  );
}

/** Requests for tenants, live: those that wait for a person first. */
export default function RegistrationListPage() {
  const [all, setAll] = useState(false);
  const control = useControl();
  const open = useAnswer(
    ['registrations', 'open'],
    async (_, signal) => (await readOpen(control, signal)).flat(),
    { again: LIVE_MS * 2, enabled: !all },
  );
  const every = usePagedList(
    ['registrations', 'all'],
    (query, signal) => control.listRegistrations({ query }, { signal }),
    { again: () => LIVE_MS * 2, enabled: all },
  );
  const urgent = useMemo(() => byUrgency(open.data ?? []), [open.data]);
  return (
    <Page title={REGISTRATIONS.title} description={REGISTRATIONS.text}>
      <Listing
        title={all ? REGISTRATIONS.title : REGISTRATIONS.progress}
        {...(all ? listed(every) : { items: urgent, query: open })}
        rowId={({ registrationId }) => registrationId}
        empty={REGISTRATIONS.none}
        filters={
          <SegmentedControl
            label={REGISTRATIONS.show}
            selectedId={all ? 'all' : 'open'}
            onChange={({ detail }) => setAll(detail.selectedId === 'all')}
            options={[
              { id: 'open', text: REGISTRATIONS.shows.open },
              { id: 'all', text: REGISTRATIONS.shows.all },
            ]}
          />
        }
        columns={[
          {
            id: 'tenant',
            header: REGISTRATIONS.tenant,
            cell: ({ registrationId, tenantId }) => (
              <Link href={`#/registrations/${registrationId}`}>{tenantId}</Link>
            ),
            text: ({ tenantId }) => tenantId,
          },
          { id: 'name', header: REGISTRATIONS.name, text: ({ name }) => name },
          { id: 'tier', header: REGISTRATIONS.tier, text: ({ tier }) => tier },
          {
            id: 'state',
            header: REGISTRATIONS.state,
            cell: ({ status }) => <StateIndicator state={status} />,
            text: ({ status }) => status,
          },
          { id: 'email', header: REGISTRATIONS.email, text: ({ adminEmail }) => adminEmail },
          {
            id: 'created',
            header: REGISTRATIONS.created,
            cell: ({ createdAt }) => instant(createdAt),
            text: ({ createdAt }) => createdAt,
          },
          { id: 'orders', header: '', cell: (entry) => <RegistrationOrders registration={entry} /> },
        ]}
      />
    </Page>
  );
}
