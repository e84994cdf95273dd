import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useControl } from '../../api-access/clients';
import { problemText } from '../../problem/problem-text';
import { Page } from '../../shell/page';
import { HEALTH } from '../../strings/en/operator/health';
import { CALM_MS, useAnswer } from '../answer/use-answer';
import { Listing } from '../listing/listing';
import { useNotify } from '../notices/notices';
import { OrderButton } from '../order/order-button';
import { StateIndicator } from '../status/state-indicator';
import { Attention } from './attention';
import { askHealth } from './health-operations';

/** How the platform is: what needs a person first, then its services and queues. */
export default function HealthPage() {
  const services = useAnswer(
    ['health'],
    (control, signal) => askHealth(control, signal, () => performance.now()),
    {
      again: CALM_MS,
    },
  );
  const letters = useAnswer(
    ['dead-letters'],
    async (control, signal) => (await control.countDeadLetters({}, { signal })).queues,
    { again: CALM_MS },
  );
  const notify = useNotify();
  return (
    <Page title={HEALTH.title}>
      <SpaceBetween size="l">
        <Attention />
        <Listing
          title={HEALTH.services}
          items={services.data ?? []}
          query={services}
          rowId={({ service }) => service}
          empty={HEALTH.none}
          search={false}
          columns={[
            { id: 'service', header: HEALTH.service, text: ({ service }) => service },
            {
              id: 'state',
              header: HEALTH.state,
              cell: ({ state }) => <StateIndicator state={state} />,
              text: ({ state }) => state,
            },
            {
              id: 'answer',
              header: HEALTH.answer,
              text: ({ milliseconds }) => HEALTH.milliseconds(milliseconds),
              order: ({ milliseconds }) => milliseconds,
            },
          ]}
        />
        <Listing
          title={HEALTH.deadLetters}
          description={HEALTH.deadLettersText}
          items={letters.data ?? []}
          query={letters}
          rowId={({ queue }) => queue}
          empty={HEALTH.deadLettersNone}
          search={false}
          columns={[
            { id: 'queue', header: HEALTH.queue, text: ({ queue }) => HEALTH.queues[queue] },
            { id: 'waiting', header: HEALTH.waiting, text: ({ waiting }) => waiting.toLocaleString('en') },
            {
              id: 'orders',
              header: '',
              cell: ({ queue, waiting }) =>
                waiting > 0 && (
                  <OrderButton
                    operation="redriveDeadLetters"
                    label={HEALTH.redrive}
                    ariaLabel={HEALTH.redriveOf(queue)}
                    text={HEALTH.redriveText}
                    run={(control) => control.redriveDeadLetters({ body: { queue } })}
                    onDone={({ redriven }: { readonly redriven: number }) =>
                      notify({ type: 'success', header: HEALTH.redriven(redriven) })
                    }
                    refreshes={['dead-letters']}
                  />
                ),
            },
          ]}
        />
        <ApiDescription />
      </SpaceBetween>
    </Page>
  );
}

function ApiDescription() {
  const control = useControl();
  const notify = useNotify();
  const load = async () => {
    try {
      const text = JSON.stringify(await control.readOpenApi(), null, 2);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      link.download = 'openapi.json';
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      const { heading, text } = problemText(error, navigator.onLine);
      notify({ type: 'error', header: heading, content: text });
    }
  };
  return (
    <Container
      header={
        <Header variant="h2" actions={<Button onClick={() => void load()}>{HEALTH.apiLoad}</Button>}>
          {HEALTH.api}
        </Header>
      }
    >
      {HEALTH.apiText}
    </Container>
  );
}
