import type { ReleaseDetail } from '@granary/api';
import { RELEASES } from '../../strings/en/operator/releases';
import { OrderButton } from '../order/order-button';
import { type OrderField, REASON } from '../order/order-fields';
import { OrdersBar } from '../order/orders-bar';
import { type ReleaseOrder, releaseOrders, rollbackProposal } from './release-orders';
import { RollBackButton } from './roll-back-button';

/** What a person may order of a release as it is. */
export function ReleaseOrders({ release }: { readonly release: ReleaseDetail }) {
  return (
    <OrdersBar orders={releaseOrders(release)}>
      {(order) => <Order order={order} release={release} />}
    </OrdersBar>
  );
}

function Order({ order, release }: { readonly order: ReleaseOrder; readonly release: ReleaseDetail }) {
  const params = { runId: release.runId };
  switch (order) {
    case 'halt':
      return (
        <OrderButton
          operation="haltRelease"
          label={RELEASES.halt}
          title={RELEASES.haltTitle}
          text={RELEASES.haltText}
          fields={[REASON]}
          run={(control, { reason = '' }) => control.haltRelease({ params, body: { reason } })}
          done={RELEASES.haltDone}
        />
      );
    case 'resume':
      return (
        <OrderButton
          operation="resumeRelease"
          label={RELEASES.resume}
          title={RELEASES.resumeTitle}
          text={RELEASES.resumeText}
          fields={[resumeMode(release), REASON]}
          run={(control, { mode, reason = '' }) =>
            control.resumeRelease({ params, body: { mode: mode as 'all' | 'failed', reason } })
          }
          done={RELEASES.resumeDone}
        />
      );
    case 'abandon':
      return (
        <OrderButton
          operation="abandonRelease"
          label={RELEASES.abandon}
          title={RELEASES.abandonTitle}
          text={RELEASES.abandonText}
          fields={[REASON]}
          run={(control, { reason = '' }) => control.abandonRelease({ params, body: { reason } })}
          done={RELEASES.abandonDone}
        />
      );
    case 'roll-back':
      return <RollBackButton proposal={rollbackProposal(release)} />;
  }
}

/** Only what failed can go again alone, so the choice is there when something did. */
function resumeMode({ halt }: ReleaseDetail): OrderField {
  const failed = (halt?.failed.length ?? 0) > 0 ? [{ value: 'failed', label: RELEASES.resumeFailed }] : [];
  return {
    name: 'mode',
    label: RELEASES.resumeMode,
    kind: 'choice',
    options: [{ value: 'all', label: RELEASES.resumeAll }, ...failed],
  };
}
