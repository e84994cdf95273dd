import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RegistrationEntry } from '@granary/api';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { REGISTRATIONS } from '../../strings/en/operator/registrations';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';

type Entry = Pick<RegistrationEntry, 'registrationId' | 'tenantId' | 'tier' | 'status' | 'operationId'>;

/** What a person may do about a registration as it is. */
export function RegistrationOrders({
  registration: { registrationId, tenantId, tier, status, operationId },
}: {
  readonly registration: Entry;
}) {
  const params = { registrationId };
  if (status === 'failed')
    return (
      <SpaceBetween direction="horizontal" size="xs">
        <OrderButton
          operation="retryRegistration"
          label={REGISTRATIONS.retry}
          ariaLabel={REGISTRATIONS.retryOf(tenantId)}
          run={(control) => control.retryRegistration({ params })}
          done={REGISTRATIONS.retryDone}
        />
        {operationId !== undefined && (
          <OrderButton
            operation="cancelOperation"
            label={OPERATIONS.cancel}
            ariaLabel={REGISTRATIONS.undoOf(tenantId)}
            text={OPERATIONS.cancelText}
            run={(control) => control.cancelOperation({ params: { operationId } })}
            done={OPERATIONS.cancelDone}
          />
        )}
      </SpaceBetween>
    );
  if (status !== 'awaiting-approval') return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <OrderButton
        operation="approveRegistration"
        label={REGISTRATIONS.approve}
        ariaLabel={REGISTRATIONS.approveOf(tenantId)}
        text={REGISTRATIONS.approveText(tenantId, tier)}
        fields={[
          {
            name: 'cell',
            label: REGISTRATIONS.cell,
            hint: REGISTRATIONS.cellHint,
            kind: 'text',
            optional: true,
            most: 32,
          },
        ]}
        run={(control, { cell = '' }) =>
          control.approveRegistration({ params, body: cell.trim() === '' ? {} : { cell: cell.trim() } })
        }
        done={REGISTRATIONS.approveDone(tenantId)}
      />
      <OrderButton
        operation="rejectRegistration"
        label={REGISTRATIONS.reject}
        ariaLabel={REGISTRATIONS.rejectOf(tenantId)}
        text={REGISTRATIONS.rejectText}
        fields={[{ ...REASON, least: 1 }]}
        run={(control, { reason = '' }) => control.rejectRegistration({ params, body: { reason } })}
        done={REGISTRATIONS.rejectDone(tenantId)}
      />
    </SpaceBetween>
  );
}
