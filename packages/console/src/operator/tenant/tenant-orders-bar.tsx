import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Tenant } from '@granary/api';
import { TENANT_PAGE } from '../../strings/en/operator/tenant';
import { useAnswer } from '../answer/use-answer';
import { OrderButton } from '../order/order-button';
import { type TenantOrder, tenantOrders } from './tenant-orders';

/** What a person may order of a tenant as it is. */
export function TenantOrders({ tenant }: { readonly tenant: Tenant }) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {tenantOrders(tenant.status).map((order) => (
        <Order key={order} order={order} tenant={tenant} />
      ))}
    </SpaceBetween>
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

function ChangeTier({ tenant: { tenantId, tier, model } }: { readonly tenant: Tenant }) {
  const plans = useAnswer(
    ['plans'],
    async (control, signal) => (await control.listPlans({}, { signal })).plans,
  );
  const others = (plans.data ?? []).filter((plan) => plan.model === model && plan.tier !== tier);
  if (others.length === 0) return null;
  return (
    <OrderButton
      operation="changeTier"
      label={TENANT_PAGE.changeTier}
      text={TENANT_PAGE.changeTierText}
      fields={[
        {
          name: 'tier',
          label: TENANT_PAGE.changeTierTo,
          kind: 'choice',
          options: others.map((plan) => ({ value: plan.tier, label: plan.tier })),
        },
      ]}
      run={(control, values) =>
        control.changeTier({ params: { tenantId }, body: { tier: values.tier ?? '' } })
      }
      done={TENANT_PAGE.changeTierDone}
    />
  );
}
