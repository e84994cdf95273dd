import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FleetEntry } from '@granary/api';
import { eachItem } from '@granary/client';
import { Page } from '../../shell/page';
import { FLEET } from '../../strings/en/operator/fleet';
import { CALM_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { releaseName } from '../format/release-name';
import { WholeWords } from '../format/whole-words';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';
import { Orphans } from './orphans';

/** What every deployment runs, against what it should. */
export default function FleetPage() {
  const fleet = useAnswer(
    ['fleet'],
    async (control, signal) => {
      const first = await control.getFleet({ query: { limit: 500 } }, { signal });
      const items: FleetEntry[] = [...first.items];
      if (first.nextToken !== undefined)
        for await (const entry of eachItem<{ query: { limit: number; nextToken?: string } }, FleetEntry>(
          (input, options) =>
            control.getFleet({ query: { nextToken: first.nextToken as string, ...input.query } }, options),
          { query: { limit: 500 } },
          { signal },
        ))
          items.push(entry);
      return { latest: first.latest, items };
    },
    { again: CALM_MS * 2 },
  );
  const latest = fleet.data?.latest;
  return (
    <Page title={FLEET.title} description={latest && FLEET.latest(releaseName(latest))}>
      <SpaceBetween size="l">
        <Listing
          title={FLEET.deployments}
          items={fleet.data?.items ?? []}
          query={fleet}
          rowId={({ deploymentId }) => deploymentId}
          empty={FLEET.none}
          columns={[
            {
              id: 'deployment',
              header: FLEET.deployment,
              cell: ({ deploymentId }) => <Link href={`#/deployments/${deploymentId}`}>{deploymentId}</Link>,
              text: ({ deploymentId }) => deploymentId,
            },
            { id: 'kind', header: FLEET.kind, text: ({ kind }) => kind },
            {
              id: 'state',
              header: FLEET.state,
              cell: ({ state }) => <StateIndicator state={state} />,
              text: ({ state }) => state,
            },
            {
              id: 'version',
              header: FLEET.version,
              cell: ({ release }) => releaseName(release),
              text: ({ release }) => release,
            },
            { id: 'wave', header: FLEET.wave, text: ({ wave }) => wave },
            {
              id: 'place',
              header: FLEET.place,
              cell: ({ account, region }) => <WholeWords text={`${account} ${region}`} />,
              text: ({ account, region }) => `${account} ${region}`,
            },
            {
              id: 'since',
              header: FLEET.since,
              cell: ({ deployedAt }) => instant(deployedAt),
              text: ({ deployedAt }) => deployedAt,
            },
            { id: 'reason', header: FLEET.reason, text: ({ reason }) => reason ?? '–' },
          ]}
        />
        <Orphans />
      </SpaceBetween>
    </Page>
  );
}
