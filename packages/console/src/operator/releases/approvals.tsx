import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { RELEASES } from '../../strings/en/operator/releases';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';

type Decision = 'approved' | 'rejected';

/** The waves that wait for a person, live. */
export function useApprovals() {
  return useAnswer(
    ['approvals'],
    async (control, signal) => (await control.listApprovals({}, { signal })).items,
    { again: LIVE_MS * 2 },
  );
}

type Approval = NonNullable<ReturnType<typeof useApprovals>['data']>[number];

export interface ApprovalsProps {
  readonly items: readonly Approval[];
  /** Whether the plan is on another page, to which each has a link. */
  readonly elsewhere: boolean;
}

/** What waits, with its answers. */
export function Approvals({ items, elsewhere }: ApprovalsProps) {
  if (items.length === 0) return null;
  return (
    <SpaceBetween size="s">
      {items.map(({ stage, action, runId }) => {
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
            {elsewhere && runId !== undefined && (
              <>
                {'. '}
                <Link href={`#/releases/${runId}`}>{RELEASES.showPlan}</Link>
              </>
            )}
          </Alert>
        );
      })}
    </SpaceBetween>
  );
}
