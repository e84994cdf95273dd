import { RELEASES } from '../../strings/en/operator/releases';
import { CALM_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { Listing } from '../listing/listing';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';

/** Who let releases in despite what keeps them out, and a new one. */
export function Overrides() {
  const overrides = useAnswer(
    ['overrides'],
    async (control, signal) => (await control.listOverrides({}, { signal })).items,
    { again: CALM_MS },
  );
  return (
    <Listing
      title={RELEASES.overrides}
      description={RELEASES.overridesText}
      items={overrides.data ?? []}
      query={overrides}
      rowId={({ overrideId }) => overrideId}
      empty={RELEASES.overridesNone}
      search={false}
      pageSize={10}
      actions={
        <OrderButton
          operation="createOverride"
          label={RELEASES.override}
          title={RELEASES.overrideTitle}
          text={RELEASES.overrideText}
          fields={[
            {
              name: 'minutes',
              label: RELEASES.overrideMinutes,
              hint: RELEASES.overrideMinutesHint,
              kind: 'number',
              initial: '60',
              least: 5,
              most: 1440,
            },
            REASON,
          ]}
          typed={RELEASES.overrideWord}
          run={(control, { minutes, reason = '' }) =>
            control.createOverride({ body: { minutes: Number(minutes), reason } })
          }
          done={RELEASES.overrideDone}
          refreshes={['overrides']}
        />
      }
      columns={[
        { id: 'reason', header: RELEASES.reason, text: ({ reason }) => reason },
        { id: 'by', header: RELEASES.by, text: ({ by }) => by },
        { id: 'from', header: RELEASES.started, text: ({ createdAt }) => instant(createdAt) },
        { id: 'until', header: RELEASES.until, text: ({ expiresAt }) => instant(expiresAt) },
      ]}
    />
  );
}
