import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { RELEASES } from '../../strings/en/operator/releases';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';

type Decision = 'approved' | 'rejected';

/** The waves that wait for a person. @param always whether it says so when none does */
export function Approvals({ always }: { readonly always: boolean }) {
  const approvals = useAnswer(
    ['approvals'],
    async (control, signal) => (await control.listApprovals({}, { signal })).items,
    { again: LIVE_MS * 2 },
  );
  const items = approvals.data ?? [];
  if (items.length === 0) return always ? <Box>{RELEASES.approvalsNone}</Box> : null;
  return (
    <SpaceBetween size="s">
      {items.map(({ stage, action }) => {
        const button = (decision: Decision) => (
          <OrderButton
            operation="decideApproval"
            variant={decision === 'approved' ? 'primary' : 'normal'}
            label={decision === 'approved' ? RELEASES.approve : RELEASES.reject}
            ariaLabel={decision === 'approved' ? RELEASES.approveOf(stage) : RELEASES.rejectOf(stage)}
            text={decision === 'approved' ? RELEASES.approveText : RELEASES.rejectText}
            fields={[REASON]}
            run={(control, { reason = '' }) =>
              control.decideApproval({ body: { stage, action, decision, reason } })
            }
            done={decision === 'approved' ? RELEASES.approveDone : RELEASES.rejectDone}
          />
        );
        return (
          <Alert
            key={`${stage} ${action}`}
            type="warning"
            header={`${RELEASES.approvals}: ${stage}`}
            action={
              <SpaceBetween direction="horizontal" size="xs">
                {button('rejected')}
                {button('approved')}
              </SpaceBetween>
            }
          >
            {RELEASES.action}: {action}
          </Alert>
        );
      })}
    </SpaceBetween>
  );
}
