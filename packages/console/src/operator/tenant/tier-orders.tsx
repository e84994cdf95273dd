import type { BillingPlan, Tenant } from '@granary/api';
import { TENANT_PAGE } from '../../strings/en/operator/tenant';
import { OrderButton } from '../order/order-button';
import type { OrderField } from '../order/order-fields';
import { usePlans } from '../plans/use-plans';

function tierField(plans: readonly BillingPlan[]): OrderField {
  const options = plans.map(({ tier }) => ({ value: tier, label: tier }));
  return { name: 'tier', label: TENANT_PAGE.changeTierTo, kind: 'choice', options };
}

/** Another tier of the pool. What a silo's tier means is in the manifest. */
export function ChangeTier({ tenant: { tenantId, tier, model } }: { readonly tenant: Tenant }) {
  const others = (usePlans().data ?? []).filter((plan) => plan.model === 'pool' && plan.tier !== tier);
  if (model !== 'pool' || others.length === 0) return null;
  return (
    <OrderButton
      operation="changeTier"
      label={TENANT_PAGE.changeTier}
      text={TENANT_PAGE.changeTierText}
      fields={[tierField(others)]}
      run={(control, values) =>
        control.changeTier({ params: { tenantId }, body: { tier: values.tier ?? '' } })
      }
      done={TENANT_PAGE.changeTierDone}
    />
  );
}

const KEEP: OrderField = {
  name: 'retentionDays',
  label: TENANT_PAGE.moveKeep,
  hint: TENANT_PAGE.moveKeepHint,
  kind: 'number',
  initial: '7',
  least: 0,
  most: 30,
};
const CELL: OrderField = {
  name: 'cell',
  label: TENANT_PAGE.moveCell,
  hint: TENANT_PAGE.moveCellHint,
  kind: 'text',
  optional: true,
  most: 32,
};

/** Out of the pool into a silo of its own, or back. */
export function MoveTenant({ tenant: { tenantId, model } }: { readonly tenant: Tenant }) {
  const others = (usePlans().data ?? []).filter((plan) => plan.model !== model);
  if (others.length === 0) return null;
  const toSilo = model === 'pool';
  const label = toSilo ? TENANT_PAGE.moveToSilo : TENANT_PAGE.moveToPool;
  return (
    <OrderButton
      operation="changeTier"
      label={label}
      text={toSilo ? TENANT_PAGE.moveToSiloText : TENANT_PAGE.moveToPoolText}
      fields={[tierField(others), ...(toSilo ? [CELL] : []), KEEP]}
      typed={tenantId}
      run={(control, { tier = '', cell = '', retentionDays }) =>
        control.changeTier({
          params: { tenantId },
          body: {
            tier,
            retentionDays: Number(retentionDays),
            ...(cell.trim() === '' ? {} : { cell: cell.trim() }),
          },
        })
      }
      done={TENANT_PAGE.moveDone}
    />
  );
}
