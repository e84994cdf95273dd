import type { Tenant } from '@granary/api';
import { TENANT_PAGE } from '../../strings/en/operator/tenant';
import { OrderButton } from '../order/order-button';
import { OrdersBar } from '../order/orders-bar';
import { type TenantOrder, tenantOrders } from './tenant-orders';
import { ChangeTier, MoveTenant } from './tier-orders';

/** What a person may order of a tenant as it is. */
export function TenantOrders({ tenant }: { readonly tenant: Tenant }) {
  return (
    <OrdersBar orders={tenantOrders(tenant.status)}>
      {(order) => <Order order={order} tenant={tenant} />}
    </OrdersBar>
  );
}

function Order({ order, tenant }: { readonly order: TenantOrder; readonly tenant: Tenant }) {
  const params = { tenantId: tenant.tenantId };
  switch (order) {
    case 'activate':
      return (
        <OrderButton
          operation="activateTenant"
          label={TENANT_PAGE.activate}
          text={TENANT_PAGE.activateText}
          run={(control) => control.activateTenant({ params })}
          done={TENANT_PAGE.activateDone}
        />
      );
    case 'deactivate':
      return (
        <OrderButton
          operation="deactivateTenant"
          label={TENANT_PAGE.deactivate}
          text={TENANT_PAGE.deactivateText}
          typed={tenant.tenantId}
          run={(control) => control.deactivateTenant({ params })}
          done={TENANT_PAGE.deactivateDone}
        />
      );
    case 'change-tier':
      return <ChangeTier tenant={tenant} />;
    case 'move':
      return <MoveTenant tenant={tenant} />;
    case 'offboard':
      return (
        <OrderButton
          operation="offboardTenant"
          label={TENANT_PAGE.offboard}
          text={TENANT_PAGE.offboardText}
          fields={[
            {
              name: 'retentionDays',
              label: TENANT_PAGE.retention,
              hint: TENANT_PAGE.retentionHint,
              kind: 'number',
              initial: '30',
              least: 0,
              most: 90,
            },
          ]}
          typed={tenant.name}
          run={(control, { retentionDays }) =>
            control.offboardTenant({
              params,
              body: { confirm: tenant.name, retentionDays: Number(retentionDays) },
            })
          }
          done={TENANT_PAGE.offboardDone}
        />
      );
  }
}
