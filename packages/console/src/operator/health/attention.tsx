import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Operation, OperationStatus, RegistrationEntry, RegistrationStatus } from '@granary/api';
import { allItems } from '@granary/client';
import type { UseQueryResult } from '@tanstack/react-query';
import { HEALTH } from '../../strings/en/operator/health';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { CALM_MS, useAnswer } from '../answer/use-answer';
import { releaseName } from '../format/release-name';
import { stateName } from '../status/state-indicator';
import { fleetCounts } from './fleet-counts';

interface StatusQuery<Status> {
  readonly query: { readonly status: Status; readonly limit?: number };
}

interface Finding {
  readonly text: string;
  readonly href: string;
}

/** What needs a person: halted releases, failed operations, requests to approve, deployments that lag. */
export function Attention() {
  const halted = useAnswer<readonly Finding[]>(
    ['releases', 'halted'],
    async (control, signal) =>
      (await control.listReleases({ query: { limit: 100 } }, { signal })).items
        .filter(({ status }) => status === 'halted')
        .map(({ runId, release, halt }) => ({
          text: `${releaseName(release)}: ${halt?.reason ?? ''}`,
          href: `#/releases/${runId}`,
        })),
    { again: CALM_MS },
  );
  const failed = useAnswer<readonly Finding[]>(
    ['operations', 'failed-now'],
    async (control, signal) =>
      (
        await allItems<StatusQuery<OperationStatus>, Operation>(
          control.listOperations,
          { query: { status: 'failed' } },
          { signal },
        )
      ).map(({ operationId, kind, tenantId }) => ({
        text: OPERATIONS.one(OPERATIONS.kinds[kind], tenantId),
        href: `#/operations/${operationId}`,
      })),
    { again: CALM_MS },
  );
  const waiting = useAnswer<readonly Finding[]>(
    ['registrations', 'to-approve'],
    async (control, signal) =>
      (
        await allItems<StatusQuery<RegistrationStatus>, RegistrationEntry>(
          control.listRegistrations,
          { query: { status: 'awaiting-approval' } },
          { signal },
        )
      ).map(({ registrationId, tenantId, tier }) => ({
        text: `${tenantId} (${tier})`,
        href: `#/registrations/${registrationId}`,
      })),
    { again: CALM_MS },
  );
  const fleet = useAnswer<readonly Finding[]>(
    ['fleet', 'counts'],
    async (control, signal) => {
      const { items, nextToken } = await control.getFleet({ query: { limit: 500 } }, { signal });
      const some = nextToken === undefined ? '' : ` ${HEALTH.fleetFirst(items.length)}`;
      return fleetCounts(items).map(([state, count]) => ({
        text: `${HEALTH.fleetStates(count, stateName(state))}${some}`,
        href: '#/fleet',
      }));
    },
    { again: CALM_MS * 2 },
  );
  return (
    <Container header={<Header variant="h2">{HEALTH.attention}</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: HEALTH.releases, value: <Findings query={halted} none={HEALTH.noneHalted} /> },
          { label: HEALTH.failedOperations, value: <Findings query={failed} none={HEALTH.noneFailed} /> },
          {
            label: HEALTH.waitingRegistrations,
            value: <Findings query={waiting} none={HEALTH.noneWaiting} />,
          },
          { label: HEALTH.fleet, value: <Findings query={fleet} none="–" /> },
        ]}
      />
    </Container>
  );
}

/** Findings that are named. */
const NAMED = 5;

function Findings({
  query,
  none,
}: {
  readonly query: UseQueryResult<readonly Finding[]>;
  readonly none: string;
}) {
  if (query.error) return <StatusIndicator type="error">{query.error.message}</StatusIndicator>;
  if (!query.data) return <StatusIndicator type="loading" />;
  if (query.data.length === 0) return <StatusIndicator type="success">{none}</StatusIndicator>;
  return (
    <ul>
      {query.data.slice(0, NAMED).map(({ text, href }) => (
        <li key={`${href} ${text}`}>
          <Link href={href}>{text}</Link>
        </li>
      ))}
      {query.data.length > NAMED && <li>+ {query.data.length - NAMED}</li>}
    </ul>
  );
}
