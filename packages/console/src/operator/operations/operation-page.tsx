import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';
import { Page } from '../../shell/page';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { Answered } from '../answer/answered';
import { CALM_MS, LIVE_MS, useAnswer } from '../answer/use-answer';
import { actorName } from '../format/actor-name';
import { instant } from '../format/instant';
import { StateIndicator } from '../status/state-indicator';
import { isUnderWay } from '../steps/operation-orders';
import { OperationOrders } from '../steps/operation-orders-bar';
import { StepList } from '../steps/step-list';

/** One operation, step by step, live. */
export default function OperationPage() {
  const { operationId = '' } = useParams();
  const operation = useAnswer(
    ['operations', 'one', operationId],
    (control, signal) => control.getOperation({ params: { operationId } }, { signal }),
    { again: (data) => (!data || isUnderWay(data.status) ? LIVE_MS : CALM_MS) },
  );
  const { data } = operation;
  return (
    <Page
      title={data ? OPERATIONS.one(OPERATIONS.kinds[data.kind], data.tenantId) : OPERATIONS.id}
      actions={data && <OperationOrders operation={data} />}
    >
      <Answered query={operation}>
        {({ tenantId, status, requestedBy, createdAt, updatedAt, steps }) => (
          <SpaceBetween size="l">
            <Container>
              <KeyValuePairs
                columns={4}
                items={[
                  { label: OPERATIONS.tenant, value: <Link href={`#/tenants/${tenantId}`}>{tenantId}</Link> },
                  { label: OPERATIONS.state, value: <StateIndicator state={status} /> },
                  { label: OPERATIONS.by, value: actorName(requestedBy, OPERATIONS.anonymous) },
                  { label: OPERATIONS.created, value: instant(createdAt) },
                  { label: OPERATIONS.updated, value: instant(updatedAt) },
                ]}
              />
            </Container>
            <Container header={<Header variant="h2">{OPERATIONS.steps}</Header>}>
              <StepList steps={steps} />
            </Container>
          </SpaceBetween>
        )}
      </Answered>
    </Page>
  );
}
