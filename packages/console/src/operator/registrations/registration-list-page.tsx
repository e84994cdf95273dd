import Link from '@cloudscape-design/components/link';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import type { RegistrationEntry, RegistrationStatus } from '@granary/api';
import { allItems, type ControlClient } from '@granary/client';
import { useMemo, useState } from 'react';
import { Page } from '../../shell/page';
import { REGISTRATIONS } from '../../strings/en/operator/registrations';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';
import { byUrgency, OPEN_STATUSES } from './open-registrations';
import { RegistrationOrders } from './registration-orders-bar';

interface StatusQuery {
  readonly query: { readonly status?: RegistrationStatus; readonly limit?: number };
}

function read(control: ControlClient, query: StatusQuery['query'], signal: AbortSignal) {
  return allItems<StatusQuery, RegistrationEntry>(control.listRegistrations, { query }, { signal });
}

/** Requests for tenants, live: those that wait for a person first. */
export default function RegistrationListPage() {
  const [all, setAll] = useState(false);
  const registrations = useAnswer(
    ['registrations', all],
    async (control, signal) => {
      if (all) return read(control, {}, signal);
      return (await Promise.all(OPEN_STATUSES.map((status) => read(control, { status }, signal)))).flat();
    },
    { again: all ? LIVE_MS * 10 : LIVE_MS * 2 },
  );
  const items = useMemo(() => byUrgency(registrations.data ?? []), [registrations.data]);
  return (
    <Page title={REGISTRATIONS.title} description={REGISTRATIONS.text}>
      <Listing
        title={all ? REGISTRATIONS.title : REGISTRATIONS.progress}
        items={items}
        query={registrations}
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
