import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { BillingPeriod } from '@granary/api';
import { useState } from 'react';
import { Page } from '../../shell/page';
import { COSTS } from '../../strings/en/operator/costs';
import { Answered } from '../answer/answered';
import { useAnswer } from '../answer/use-answer';
import { Listing } from '../listing/listing';
import { dollars, lastMonths } from '../money/amount';
import { useNotify } from '../notices/notices';
import { OrderButton } from '../order/order-button';
import { Meters } from './meters';
import { Plans } from './plans';

/** What the platform costs in a month, by tenant; its meters, plans, and the close of a month. */
export default function CostsPage() {
  const notify = useNotify();
  const months = lastMonths(new Date(), 12).map((value) => ({ value }));
  const [month, setMonth] = useState(months[0]?.value ?? '');
  const costs = useAnswer(['costs', month], (control, signal) =>
    control.getCosts({ query: { month } }, { signal }),
  );
  const total = Number(costs.data?.total ?? 0);
  return (
    <Page
      title={COSTS.title}
      actions={
        <OrderButton
          operation="closePeriod"
          label={COSTS.close}
          text={COSTS.closeText(month)}
          typed={month}
          run={(control) => control.closePeriod({ params: { month } })}
          onDone={({ status, invoices, failures }: BillingPeriod) =>
            notify({
              type: failures.length > 0 ? 'error' : 'success',
              header: COSTS.closeDone(month, status, invoices),
              ...(failures.length > 0
                ? {
                    content: COSTS.failures(
                      failures.map(({ tenantId, reason }) => `${tenantId} (${reason})`).join(', '),
                    ),
                  }
                : {}),
            })
          }
        />
      }
    >
      <SpaceBetween size="l">
        <FormField label={COSTS.month}>
          <Select
            options={months}
            selectedOption={{ value: month }}
            onChange={({ detail }) => setMonth(detail.selectedOption.value ?? month)}
          />
        </FormField>
        <Answered query={costs}>
          {({ total: sum, shared, unpriced, prices }) => (
            <Container>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: COSTS.total, value: dollars(sum) },
                  { label: COSTS.shared, value: dollars(shared.usd) },
                  { label: COSTS.prices(prices.asOf), value: prices.sources.join(', ') || '–' },
                ]}
              />
              {unpriced.length > 0 && (
                <Box color="text-status-warning">{COSTS.unpriced(unpriced.join(', '))}</Box>
              )}
            </Container>
          )}
        </Answered>
        <Listing
          title={COSTS.byTenant}
          items={costs.data?.tenants ?? []}
          query={{ ...costs, error: null }}
          rowId={({ tenantId }) => tenantId}
          empty={COSTS.none}
          columns={[
            {
              id: 'tenant',
              header: COSTS.tenant,
              cell: ({ tenantId }) => <Link href={`#/tenants/${tenantId}?tab=usage`}>{tenantId}</Link>,
              text: ({ tenantId }) => tenantId,
            },
            {
              id: 'cost',
              header: COSTS.cost,
              text: ({ usd }) => dollars(usd),
              order: ({ usd }) => Number(usd),
            },
            {
              id: 'share',
              header: COSTS.share,
              text: ({ usd }) => (total > 0 ? `${((Number(usd) / total) * 100).toFixed(1)} %` : '–'),
              order: ({ usd }) => Number(usd),
            },
          ]}
        />
        <Meters />
        <Plans />
      </SpaceBetween>
    </Page>
  );
}
