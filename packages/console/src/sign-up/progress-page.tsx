import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { Registration } from '@granary/api';
import { NotFoundError } from '@granary/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConfiguration } from '../configuration/configuration-context';
import { tenantApplicationAddress } from '../configuration/page-address';
import { ProblemAlert } from '../problem/problem-alert';
import { Loading } from '../shell/loading';
import { NarrowPage } from '../shell/narrow-page';
import { SIGN_UP } from '../strings/en/sign-up';
import { useBuyer } from './buyer-client';
import { pollAfter, type Stage, stageOf } from './registration-progress';
import { StepList } from './step-list';

const { progress: WORDS } = SIGN_UP;

const ALERTS: Readonly<Record<Stage, AlertProps.Type>> = {
  'awaiting-approval': 'info',
  rejected: 'error',
  working: 'info',
  waiting: 'info',
  failed: 'warning',
  undone: 'error',
  ready: 'success',
};

export interface ProgressPageProps {
  readonly registrationId: string;
  /** There is nothing to follow any more. */
  readonly onReady: () => void;
  readonly onAgain: () => void;
}

/** How far the buyer's own registration is. */
export default function ProgressPage({ registrationId, onReady, onAgain }: ProgressPageProps) {
  const buyer = useBuyer();
  const queries = useQueryClient();
  const queryKey = ['registration', registrationId];
  const registration = useQuery({
    queryKey,
    queryFn: ({ signal }) => buyer.getRegistration({ params: { registrationId } }, { signal }),
    refetchInterval: ({ state }) => pollAfter(state.data),
  });
  const retry = useMutation({
    mutationFn: () => buyer.retryRegistration({ params: { registrationId } }),
    onSuccess: (now) => queries.setQueryData(queryKey, now),
  });
  const { data, error } = registration;
  const ready = data?.status === 'succeeded';
  useEffect(() => {
    if (ready) onReady();
  }, [ready, onReady]);

  if (!data)
    return (
      <NarrowPage title={WORDS.looking} wide>
        {!error && <Loading what={WORDS.looking} />}
        {error && !(error instanceof NotFoundError) && (
          <ProblemAlert error={error} onRetry={() => void registration.refetch()} />
        )}
        {error instanceof NotFoundError && (
          <div role="alert">
            <Alert type="warning" action={<Button onClick={onAgain}>{WORDS.again}</Button>}>
              {WORDS.unknown}
            </Alert>
          </div>
        )}
      </NarrowPage>
    );
  return (
    <NarrowPage title={WORDS.title(data.tenantId)} wide>
      {error && <ProblemAlert error={error} onRetry={() => void registration.refetch()} />}
      {retry.error && <ProblemAlert error={retry.error} />}
      <Outcome
        registration={data}
        retrying={retry.isPending}
        onRetry={() => retry.mutate()}
        onAgain={onAgain}
      />
      {data.steps.length > 0 && (
        <Container header={<Header variant="h2">{WORDS.steps}</Header>}>
          <StepList steps={data.steps} />
        </Container>
      )}
    </NarrowPage>
  );
}

interface OutcomeProps {
  readonly registration: Registration;
  readonly retrying: boolean;
  readonly onRetry: () => void;
  readonly onAgain: () => void;
}

/** Where it stands in one sentence, and what can be done. A reader is told when it changes. */
function Outcome({ registration, retrying, onRetry, onAgain }: OutcomeProps) {
  const configuration = useConfiguration();
  const stage = stageOf(registration);
  const action = {
    ready: (
      <Button
        variant="primary"
        href={tenantApplicationAddress(configuration, registration.tenantId, location.href)}
      >
        {WORDS.open}
      </Button>
    ),
    failed: (
      <Button loading={retrying} onClick={onRetry}>
        {WORDS.retry}
      </Button>
    ),
    rejected: <Button onClick={onAgain}>{WORDS.again}</Button>,
    undone: <Button onClick={onAgain}>{WORDS.again}</Button>,
    working: undefined,
    waiting: undefined,
    'awaiting-approval': <Button onClick={onAgain}>{WORDS.another}</Button>,
  }[stage];
  return (
    <div role="status">
      <Alert type={ALERTS[stage]} header={WORDS.heading[stage]} action={action}>
        {WORDS.text[stage]}
        {registration.reason && (
          <p>
            {WORDS.reason}: {registration.reason}
          </p>
        )}
      </Alert>
    </div>
  );
}
