import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';
import { Page } from '../../shell/page';
import { REGISTRATIONS } from '../../strings/en/operator/registrations';
import { Answered } from '../answer/answered';
import { CALM_MS, LIVE_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { StateIndicator } from '../status/state-indicator';
import { isUnderWay } from '../steps/operation-orders';
import { StepList } from '../steps/step-list';
import { RegistrationOrders } from './registration-orders-bar';

/** One registration, step by step, live. */
export default function RegistrationPage() {
  const { registrationId = '' } = useParams();
  const registration = useAnswer(
    ['registrations', 'one', registrationId],
    (control, signal) => control.getRegistration({ params: { registrationId } }, { signal }),
    { again: (data) => (!data || isUnderWay(data.status) ? LIVE_MS : CALM_MS) },
  );
  const { data } = registration;
  return (
    <Page
      title={data ? REGISTRATIONS.one(data.tenantId) : REGISTRATIONS.title}
      actions={data && <RegistrationOrders registration={data} />}
    >
      <Answered query={registration}>
        {({ tenantId, tier, status, steps, reason, createdAt, updatedAt }) => (
          <SpaceBetween size="l">
            {reason && <Alert type="warning">{reason}</Alert>}
            <Container>
              <KeyValuePairs
                columns={4}
                items={[
                  {
                    label: REGISTRATIONS.tenant,
                    value: <Link href={`#/tenants/${tenantId}`}>{tenantId}</Link>,
                  },
                  { label: REGISTRATIONS.tier, value: tier },
                  { label: REGISTRATIONS.state, value: <StateIndicator state={status} /> },
                  { label: REGISTRATIONS.created, value: instant(createdAt) },
                  { label: REGISTRATIONS.updated, value: instant(updatedAt) },
                ]}
              />
            </Container>
            <Container header={<Header variant="h2">{REGISTRATIONS.steps}</Header>}>
              <StepList steps={steps} />
            </Container>
          </SpaceBetween>
        )}
      </Answered>
    </Page>
  );
}
