import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Registration } from '@granary/api';
import { REGISTRATIONS } from '../../strings/en/operator/registrations';
import { OrderButton } from '../order/order-button';
import { REASON } from '../order/order-fields';

type Entry = Pick<Registration, 'registrationId' | 'tenantId' | 'tier' | 'status'>;

/** What a person may do about a registration as it is. */
export function RegistrationOrders({
  registration: { registrationId, tenantId, tier, status },
}: {
  readonly registration: Entry;
}) {
  const params = { registrationId };
  if (status === 'failed')
    return (
      <OrderButton
        operation="retryRegistration"
        label={REGISTRATIONS.retry}
        ariaLabel={REGISTRATIONS.retryOf(tenantId)}
        run={(control) => control.retryRegistration({ params })}
        done={REGISTRATIONS.retryDone}
      />
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
