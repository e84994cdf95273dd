import { RELEASES } from '../../strings/en/operator/releases';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';
import type { RollbackProposal } from './release-orders';

export interface RollBackButtonProps {
  /** @default all deployments, to what each had before */
  readonly proposal?: RollbackProposal;
  readonly primary?: boolean;
}

/** Brings deployments back to a release that they had, and shows the run that does it. */
export function RollBackButton({ proposal = { target: 'all' }, primary = false }: RollBackButtonProps) {
  return (
    <OrderButton
      operation="rollBack"
      variant={primary ? 'primary' : 'normal'}
      label={RELEASES.rollBack}
      title={RELEASES.rollBackTitle}
      text={RELEASES.rollBackText}
      fields={[
        {
          name: 'target',
          label: RELEASES.rollBackTarget,
          kind: 'choice',
          initial: proposal.target,
          options: [
            { value: 'tenant', label: RELEASES.rollBackTenant },
            { value: 'wave', label: RELEASES.rollBackWave },
            { value: 'all', label: RELEASES.rollBackAll },
          ],
        },
        {
          name: 'id',
          label: RELEASES.rollBackId,
          hint: RELEASES.rollBackIdHint,
          kind: 'text',
          optional: true,
          initial: proposal.id ?? '',
          most: 64,
        },
        {
          name: 'to',
          label: RELEASES.rollBackTo,
          hint: RELEASES.rollBackToHint,
          kind: 'text',
          optional: true,
          initial: proposal.to ?? '',
          most: 40,
        },
        REASON,
      ]}
      run={(control, { target = 'all', id = '', to = '', reason = '' }) =>
        control.rollBack({
          body: {
            target: target as 'tenant' | 'wave' | 'all',
            ...(id.trim() === '' ? {} : { id: id.trim() }),
            ...(to.trim() === '' ? {} : { to: to.trim() }),
            reason,
          },
        })
      }
      done={RELEASES.rollBackDone}
      onDone={({ release }: { readonly release: { readonly runId: string } }) => {
        location.hash = `#/releases/${release.runId}`;
      }}
    />
  );
}
