import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useState } from 'react';
import { FLEET } from '../../strings/en/operator/fleet';
import { useAnswer } from '../answer/use-answer';
import { WholeWords } from '../format/whole-words';
import { Listing } from '../listing/listing';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';

/** Stacks that nobody owns. They are looked for when a person asks: every place is asked then. */
export function Orphans() {
  const [asked, setAsked] = useState(false);
  const orphans = useAnswer(
    ['orphans'],
    async (control, signal) => (await control.listOrphans({}, { signal })).items,
    { enabled: asked },
  );
  if (!asked)
    return (
      <Container
        header={
          <Header
            variant="h2"
            description={FLEET.orphansText}
            actions={<Button onClick={() => setAsked(true)}>{FLEET.look}</Button>}
          >
            {FLEET.orphans}
          </Header>
        }
      >
        {FLEET.lookText}
      </Container>
    );
  return (
    <Listing
      title={FLEET.orphans}
      description={FLEET.orphansText}
      items={orphans.data ?? []}
      query={orphans}
      rowId={({ stackName, account, region }) => `${account} ${region} ${stackName}`}
      empty={FLEET.orphansNone}
      columns={[
        { id: 'stack', header: FLEET.stack, text: ({ stackName }) => stackName },
        {
          id: 'place',
          header: FLEET.place,
          cell: ({ account, region }) => <WholeWords text={`${account} ${region}`} />,
          text: ({ account, region }) => `${account} ${region}`,
        },
        { id: 'status', header: FLEET.status, text: ({ status }) => status },
        { id: 'deployment', header: FLEET.deployment, text: ({ deploymentId }) => deploymentId ?? '–' },
        {
          id: 'orders',
          header: '',
          cell: ({ stackName, kind }) =>
            kind === 'silo' && (
              <OrderButton
                operation="deleteOrphan"
                label={FLEET.deleteOrphan}
                ariaLabel={FLEET.deleteOrphanOf(stackName)}
                text={FLEET.deleteOrphanText}
                fields={[REASON]}
                typed={stackName}
                run={(control, { reason = '' }) =>
                  control.deleteOrphan({ params: { stackName }, body: { reason } })
                }
                done={FLEET.deleteOrphanDone(stackName)}
                refreshes={['orphans', 'fleet']}
              />
            ),
        },
      ]}
    />
  );
}
