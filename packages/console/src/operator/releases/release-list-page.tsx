import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useControl } from '../../api-access/clients';
import { usePagedList } from '../../api-access/paged-list';
import { Page } from '../../shell/page';
import { RELEASES } from '../../strings/en/operator/releases';
import { CALM_MS, LIVE_MS } from '../answer/use-answer';
import { instant, seconds, span } from '../format/instant';
import { releaseName } from '../format/release-name';
import { listed } from '../listing/listed';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';
import { Approvals, useApprovals } from './approvals';
import { Overrides } from './overrides';
import { RollBackButton } from './roll-back-button';

/** The releases, the newest first, what waits for a person, and the overrides. */
export default function ReleaseListPage() {
  const control = useControl();
  const approvals = useApprovals().data ?? [];
  const releases = usePagedList(
    ['releases'],
    (query, signal) => control.listReleases({ query }, { signal }),
    { again: (items) => (items.some(({ status }) => status === 'running') ? LIVE_MS : CALM_MS) },
  );
  return (
    <Page title={RELEASES.title} actions={<RollBackButton />}>
      <SpaceBetween size="l">
        <Approvals items={approvals} elsewhere />
        <Listing
          title={RELEASES.title}
          {...listed(releases)}
          rowId={({ runId }) => runId}
          empty={RELEASES.none}
          columns={[
            {
              id: 'release',
              header: RELEASES.release,
              cell: ({ runId, release }) => <Link href={`#/releases/${runId}`}>{releaseName(release)}</Link>,
              text: ({ release }) => release,
            },
            { id: 'kind', header: RELEASES.kind, text: ({ kind }) => RELEASES.kinds[kind] },
            {
              id: 'state',
              header: RELEASES.state,
              cell: ({ status }) => <StateIndicator state={status} />,
              text: ({ status }) => status,
            },
            {
              id: 'why',
              header: RELEASES.why,
              text: ({ halt, ended }) => halt?.reason ?? ended?.reason ?? '–',
            },
            {
              id: 'started',
              header: RELEASES.started,
              cell: ({ startedAt }) => instant(startedAt),
              text: ({ startedAt }) => startedAt,
            },
            {
              id: 'took',
              header: RELEASES.took,
              cell: ({ startedAt, endedAt }) => {
                const took = seconds(startedAt, endedAt);
                return took === undefined ? '–' : span(took);
              },
            },
          ]}
        />
        <Overrides />
      </SpaceBetween>
    </Page>
  );
}
