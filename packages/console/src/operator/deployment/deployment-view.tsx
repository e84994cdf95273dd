import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { DEPLOYMENT } from '../../strings/en/operator/deployment';
import { Answered } from '../answer/answered';
import { CALM_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { releaseName } from '../format/release-name';
import { WholeWords } from '../format/whole-words';
import { Listing } from '../listing/listing';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';
import { StateIndicator } from '../status/state-indicator';

/** The versions that a deployment had, and how its stack differs from what was recorded. */
export function DeploymentView({ deploymentId }: { readonly deploymentId: string }) {
  const versions = useAnswer(
    ['versions', deploymentId],
    async (control, signal) => (await control.listVersions({ params: { deploymentId } }, { signal })).items,
    { again: CALM_MS },
  );
  const earlier = [...new Set((versions.data ?? []).slice(1).map(({ release }) => release))].filter(
    (release) => /^[0-9a-f]{7,40}$/.test(release),
  );
  return (
    <SpaceBetween size="l">
      <Listing
        title={DEPLOYMENT.versions}
        items={versions.data ?? []}
        query={versions}
        rowId={({ runId, deployedAt }) => `${runId} ${deployedAt}`}
        empty={DEPLOYMENT.versionsNone}
        search={false}
        actions={
          <OrderButton
            operation="rollBack"
            label={DEPLOYMENT.rollBack}
            title={DEPLOYMENT.rollBackTitle(deploymentId)}
            text={DEPLOYMENT.rollBackText}
            fields={[
              {
                name: 'to',
                label: DEPLOYMENT.rollBackTo,
                kind: 'choice',
                optional: true,
                options: [
                  { value: '', label: DEPLOYMENT.rollBackBefore },
                  ...earlier.map((release) => ({ value: release, label: releaseName(release) })),
                ],
              },
              REASON,
            ]}
            run={(control, { to = '', reason = '' }) =>
              control.rollBack({
                body: { target: 'tenant', id: deploymentId, reason, ...(to === '' ? {} : { to }) },
              })
            }
            done={DEPLOYMENT.rollBackDone}
          />
        }
        columns={[
          {
            id: 'version',
            header: DEPLOYMENT.version,
            cell: ({ release }) => releaseName(release),
            text: ({ release }) => release,
          },
          {
            id: 'result',
            header: DEPLOYMENT.result,
            cell: ({ result }) => <StateIndicator state={result} />,
          },
          { id: 'wave', header: DEPLOYMENT.wave, text: ({ wave }) => wave },
          {
            id: 'run',
            header: DEPLOYMENT.run,
            cell: ({ runId }) => <Link href={`#/releases/${runId}`}>{runId}</Link>,
          },
          {
            id: 'at',
            header: DEPLOYMENT.at,
            cell: ({ deployedAt }) => instant(deployedAt),
            text: ({ deployedAt }) => deployedAt,
          },
          { id: 'stack', header: DEPLOYMENT.stack, text: ({ stackName }) => stackName },
          {
            id: 'place',
            header: DEPLOYMENT.place,
            cell: ({ account, region }) => <WholeWords text={`${account} ${region}`} />,
            text: ({ account, region }) => `${account} ${region}`,
          },
          { id: 'reason', header: DEPLOYMENT.reason, text: ({ reason }) => reason ?? '–' },
        ]}
      />
      <Drift deploymentId={deploymentId} />
    </SpaceBetween>
  );
}

function Drift({ deploymentId }: { readonly deploymentId: string }) {
  const [asked, setAsked] = useState(false);
  const inspection = useAnswer(
    ['inspection', deploymentId],
    (control, signal) => control.inspectDeployment({ params: { deploymentId } }, { signal }),
    { enabled: asked },
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={DEPLOYMENT.driftText}
          actions={
            <Button
              loading={inspection.isFetching}
              loadingText={DEPLOYMENT.inspecting}
              onClick={() => (asked ? void inspection.refetch() : setAsked(true))}
            >
              {DEPLOYMENT.inspect}
            </Button>
          }
        >
          {DEPLOYMENT.drift}
        </Header>
      }
    >
      {asked && (
        <Answered query={inspection}>
          {({ changes }) =>
            changes.length === 0 ? (
              <Alert type="success">{DEPLOYMENT.noDrift}</Alert>
            ) : (
              <Alert type="warning" header={DEPLOYMENT.drifted(changes.length)}>
                <ul>
                  {changes.map((change) => (
                    <li key={change}>
                      <Box variant="code">{change}</Box>
                    </li>
                  ))}
                </ul>
              </Alert>
            )
          }
        </Answered>
      )}
    </Container>
  );
}
