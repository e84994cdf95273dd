import type { ReleaseWave } from '@granary/api';
import { useMemo } from 'react';
import { RELEASES } from '../../strings/en/operator/releases';
import { Listing } from '../listing/listing';
import { StateIndicator } from '../status/state-indicator';

/** The picture in words: every deployment with its wave, state and what its gate has seen of it. */
export function ReleaseDeployments({ waves }: { readonly waves: readonly ReleaseWave[] }) {
  const rows = useMemo(
    () =>
      waves.flatMap(({ name, deployments, watch }) =>
        deployments.map((deployment) => ({
          ...deployment,
          wave: name,
          watch: watch[deployment.deploymentId],
        })),
      ),
    [waves],
  );
  return (
    <Listing
      title={RELEASES.deployments}
      items={rows}
      rowId={({ wave, deploymentId }) => `${wave}/${deploymentId}`}
      empty={RELEASES.noDeployments}
      pageSize={20}
      columns={[
        { id: 'deployment', header: RELEASES.deployment, text: ({ deploymentId }) => deploymentId },
        { id: 'wave', header: RELEASES.wave, text: ({ wave }) => wave },
        {
          id: 'state',
          header: RELEASES.state,
          cell: ({ state }) => <StateIndicator state={state} />,
          text: ({ state }) => state,
        },
        {
          id: 'requests',
          header: RELEASES.requests,
          text: ({ watch }) => (watch ? String(watch.requests) : '–'),
          order: ({ watch }) => watch?.requests ?? -1,
        },
        {
          id: 'failed',
          header: RELEASES.failures,
          text: ({ watch }) => (watch ? String(watch.failed) : '–'),
          order: ({ watch }) => watch?.failed ?? -1,
        },
        { id: 'red', header: RELEASES.redAlarms, text: ({ watch }) => watch?.red.join(', ') || '–' },
        { id: 'reason', header: RELEASES.reason, text: ({ reason }) => reason ?? '–' },
      ]}
    />
  );
}
