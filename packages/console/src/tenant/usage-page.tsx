import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Usage } from '@granary/api';
import { TooManyRequestsError } from '@granary/client';
import { useQuery } from '@tanstack/react-query';
import { useApplication } from '../api-access/clients';
import { ProblemAlert } from '../problem/problem-alert';
import { Loading } from '../shell/loading';
import { Page } from '../shell/page';
import { TENANT } from '../strings/en/tenant';
import { timeText } from './time-text';
import { shareOf, timeUntil } from './usage-text';

const { usage: WORDS } = TENANT;

/** What the tenant may send, and what is left of it today. */
export default function UsagePage() {
  const application = useApplication();
  const usage = useQuery({
    queryKey: ['usage'],
    queryFn: ({ signal }) => application.getUsage({}, { signal }),
  });
  return (
    <Page
      title={WORDS.title}
      description={WORDS.text}
      actions={
        <Button iconName="refresh" loading={usage.isFetching} onClick={() => void usage.refetch()}>
          {WORDS.refresh}
        </Button>
      }
    >
      {usage.error && <ProblemAlert error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isPending && <Loading what={WORDS.loading} />}
      {/* The last count is of before the refusal, and would contradict it. */}
      {usage.data && !(usage.error instanceof TooManyRequestsError) && <Shares usage={usage.data} />}
    </Page>
  );
}

function Shares({ usage }: { readonly usage: Usage }) {
  const { quota, throttle, tier, asOf } = usage;
  const { percent, level } = shareOf(usage);
  const resets = timeUntil(quota.resetsAt, Date.now());
  const count = (requests: number) => requests.toLocaleString('en');
  return (
    <SpaceBetween size="l">
      {level !== 'plenty' && (
        <Alert type={level === 'none' ? 'error' : 'warning'} header={WORDS.levels[level].heading}>
          {WORDS.levels[level].text(resets)}
        </Alert>
      )}
      <Container header={<Header variant="h2">{WORDS.today}</Header>}>
        <SpaceBetween size="l">
          <ProgressBar
            value={percent}
            label={WORDS.used}
            description={WORDS.usedOf(count(quota.used), count(quota.requestsPerDay))}
            additionalInfo={WORDS.resets(resets, timeText(quota.resetsAt))}
          />
          <KeyValuePairs
            columns={4}
            items={[
              { label: WORDS.left, value: count(quota.left) },
              { label: WORDS.plan, value: tier },
              { label: WORDS.rate, value: WORDS.perSecond(count(throttle.rate)) },
              { label: WORDS.burst, value: count(throttle.burst) },
            ]}
          />
          <span>{WORDS.asOf(timeText(asOf))}</span>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
