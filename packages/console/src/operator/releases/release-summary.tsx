import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReleaseDetail } from '@granary/api';
import { RELEASES } from '../../strings/en/operator/releases';
import { instant } from '../format/instant';
import { releaseName } from '../format/release-name';
import { StateIndicator } from '../status/state-indicator';

/** Rolled-back deployments that are named. */
const NAMED = 20;

/** What a release is, and why it stopped. */
export function ReleaseSummary({ release }: { readonly release: ReleaseDetail }) {
  const { halt, haltOrdered, ended, rollback, notes, removals = [] } = release;
  return (
    <SpaceBetween size="m">
      {haltOrdered && (
        <Alert type="warning" header={RELEASES.haltOrdered(haltOrdered.by)}>
          {haltOrdered.reason}
        </Alert>
      )}
      {halt && <HaltAlert halt={halt} />}
      {ended && <Alert type="info">{RELEASES.endedBy(ended.by, ended.reason)}</Alert>}
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: RELEASES.state, value: <StateIndicator state={release.status} /> },
            { label: RELEASES.release, value: <Box variant="code">{release.release}</Box> },
            { label: RELEASES.started, value: instant(release.startedAt) },
            { label: RELEASES.ended, value: instant(release.endedAt) },
            ...(rollback
              ? [
                  {
                    label: RELEASES.kinds.rollback,
                    value: RELEASES.rollbackOf(rollback.id ?? rollback.target, rollback.by, rollback.reason),
                  },
                ]
              : []),
            ...(notes === undefined ? [] : [{ label: RELEASES.notes, value: notes }]),
            ...removals.map(({ deploymentId, result, reason }) => ({
              label: deploymentId,
              value: reason === undefined ? result : `${result}: ${reason}`,
            })),
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}

function HaltAlert({ halt }: { readonly halt: NonNullable<ReleaseDetail['halt']> }) {
  const named = halt.rolledBack.slice(0, NAMED);
  const more = halt.rolledBackTotal - named.length;
  return (
    <Alert type="error" header={RELEASES.halted(halt.wave)}>
      <SpaceBetween size="s">
        <Box>{halt.reason}</Box>
        <KeyValuePairs
          columns={3}
          items={[
            { label: RELEASES.gateLabel, value: RELEASES.gate(halt.gate) },
            ...(halt.deploymentId ? [{ label: RELEASES.deployment, value: halt.deploymentId }] : []),
            ...(halt.alarm ? [{ label: RELEASES.alarm, value: halt.alarm }] : []),
            ...(halt.failed.length > 0 ? [{ label: RELEASES.failed, value: halt.failed.join(', ') }] : []),
            { label: RELEASES.at, value: instant(halt.at) },
          ]}
        />
        {named.length > 0 && (
          <div>
            <Box variant="awsui-key-label">{RELEASES.rolledBack}</Box>
            <ul>
              {named.map(({ deploymentId, from, to, result, reason }) => (
                <li key={deploymentId}>
                  {RELEASES.rolledBackTo(
                    deploymentId,
                    releaseName(from),
                    to === undefined ? undefined : releaseName(to),
                    result,
                  )}
                  {reason === undefined ? '' : `: ${reason}`}
                </li>
              ))}
              {more > 0 && <li>{RELEASES.rolledBackMore(more)}</li>}
            </ul>
          </div>
        )}
      </SpaceBetween>
    </Alert>
  );
}
