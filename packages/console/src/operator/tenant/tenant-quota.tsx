import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { LIMITS } from '../../strings/en/operator/plans';
import { TENANT_QUOTA } from '../../strings/en/operator/tenant';
import { Answered } from '../answer/answered';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { OrderButton } from '../order/order-button';
import type { OrderField } from '../order/order-fields';
import { limitTexts } from '../plans/limit-texts';
import { usePlans } from '../plans/use-plans';
import { StateIndicator } from '../status/state-indicator';

/** Which limits hold for a tenant; limits of its own are given and taken here. */
export function TenantQuotaView({ tenantId }: { readonly tenantId: string }) {
  const params = { tenantId };
  const quota = useAnswer(
    ['quota', tenantId],
    (control, signal) => control.getTenantQuota({ params }, { signal }),
    { again: (data) => (data?.override && data.override.state !== 'applied' ? LIVE_MS : false) },
  );
  const override = quota.data?.override;
  const field = (name: string, label: string, initial: number, least: number, most: number): OrderField => ({
    name,
    label,
    kind: 'number',
    initial: String(initial),
    least,
    most,
  });
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <OrderButton
                operation="putTenantQuota"
                label={TENANT_QUOTA.set}
                text={TENANT_QUOTA.setText}
                fields={[
                  field('burst', LIMITS.burst, override?.throttle.burst ?? 100, 1, 5000),
                  field('rate', LIMITS.rate, override?.throttle.rate ?? 50, 0.1, 10_000),
                  field('perDay', LIMITS.perDay, override?.quota.requestsPerDay ?? 10_000, 1, 1e9),
                ]}
                run={(control, { burst, rate, perDay }) =>
                  control.putTenantQuota({
                    params,
                    body: {
                      throttle: { burst: Number(burst), rate: Number(rate) },
                      quota: { requestsPerDay: Number(perDay) },
                    },
                  })
                }
                done={TENANT_QUOTA.setDone}
                refreshes={['quota']}
              />
              {override && (
                <OrderButton
                  operation="deleteTenantQuota"
                  label={TENANT_QUOTA.remove}
                  text={TENANT_QUOTA.removeText}
                  run={(control) => control.deleteTenantQuota({ params })}
                  done={TENANT_QUOTA.removeDone}
                  refreshes={['quota']}
                />
              )}
            </SpaceBetween>
          }
        >
          {TENANT_QUOTA.title}
        </Header>
      }
    >
      <Answered query={quota}>
        {({ tier, override: own }) =>
          own ? (
            <SpaceBetween size="m">
              <Box>{TENANT_QUOTA.own}</Box>
              <KeyValuePairs
                columns={3}
                items={[
                  ...limitTexts(own),
                  { label: TENANT_QUOTA.state, value: <StateIndicator state={own.state} /> },
                  { label: TENANT_QUOTA.changed, value: instant(own.updatedAt) },
                ]}
              />
            </SpaceBetween>
          ) : (
            <SpaceBetween size="m">
              <Box>{TENANT_QUOTA.ofTier(tier)}</Box>
              <PlanLimits tier={tier} />
            </SpaceBetween>
          )
        }
      </Answered>
    </Container>
  );
}

function PlanLimits({ tier }: { readonly tier: string }) {
  const plan = usePlans().data?.find((each) => each.tier === tier);
  return plan ? <KeyValuePairs columns={3} items={[...limitTexts(plan.limits)]} /> : null;
}
