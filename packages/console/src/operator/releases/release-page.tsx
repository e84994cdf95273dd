import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReleaseDetail } from '@granary/api';
import { useParams } from 'react-router';
import { Page } from '../../shell/page';
import { RELEASES } from '../../strings/en/operator/releases';
import { Answered } from '../answer/answered';
import { CALM_MS, LIVE_MS, useAnswer } from '../answer/use-answer';
import { releaseName } from '../format/release-name';
import { Approvals, useApprovals } from './approvals';
import { PlanDifference } from './plan-difference';
import { ReleaseDeployments } from './release-deployments';
import { ReleaseOrders } from './release-orders-bar';
import { ReleaseSummary } from './release-summary';
import { WaveBoard } from './wave-board';
import { WaveGates } from './wave-gates';

/** Whether something of it may have changed a moment later: a rollback of its wave goes on while it is halted. */
function moves(release: ReleaseDetail | undefined): boolean {
  if (!release) return true;
  return release.status === 'running' || release.waves.some(({ status }) => status === 'rolling-back');
}

/** One release, live: its waves as a picture, its gates, why it stopped, its plan. */
export default function ReleasePage() {
  const { runId = '' } = useParams();
  const release = useAnswer(
    ['release', runId],
    (control, signal) => control.getRelease({ params: { runId } }, { signal }),
    { again: (data) => (moves(data) ? LIVE_MS : CALM_MS) },
  );
  const { data } = release;
  const approvals = (useApprovals().data ?? []).filter(
    (waits) => waits.runId === undefined || waits.runId === runId,
  );
  const name = releaseName(data?.release ?? runId);
  return (
    <Page
      title={data?.kind === 'rollback' ? RELEASES.oneRollback(name) : RELEASES.one(name)}
      actions={data && <ReleaseOrders release={data} />}
    >
      <Answered query={release}>
        {(detail) => (
          <SpaceBetween size="l">
            {detail.status === 'running' && <Approvals items={approvals} elsewhere={false} />}
            <ReleaseSummary release={detail} />
            <WaveBoard waves={detail.waves} />
            <WaveGates waves={detail.waves} />
            <PlanDifference runId={runId} awaited={detail.status === 'running' && approvals.length > 0} />
            <ReleaseDeployments waves={detail.waves} />
          </SpaceBetween>
        )}
      </Answered>
    </Page>
  );
}
