import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { COST_KINDS } from '@granary/api';
import { useState } from 'react';
import { TENANT_USAGE } from '../../strings/en/operator/tenant';
import { Answered } from '../answer/answered';
import { useAnswer } from '../answer/use-answer';
import { BarList } from '../chart/bar-list';
import { Listing } from '../listing/listing';
import { dollars, lastMonths } from '../money/amount';
import { shortNumber } from '../usage/usage-series';

/** What a tenant's use cost in a month, by kind. */
export function TenantCostView({ tenantId }: { readonly tenantId: string }) {
  const months = lastMonths(new Date(), 12).map((value) => ({ value }));
  const [month, setMonth] = useState(months[0]?.value ?? '');
  const cost = useAnswer(['cost', tenantId, month], (control, signal) =>
    control.getTenantCost({ params: { tenantId }, query: { month } }, { signal }),
  );
  return (
    <Container header={<Header variant="h2">{TENANT_USAGE.cost}</Header>}>
      <SpaceBetween size="m">
        <FormField label={TENANT_USAGE.month}>
          <Select
            options={months}
            selectedOption={{ value: month }}
            onChange={({ detail }) => setMonth(detail.selectedOption.value ?? month)}
          />
        </FormField>
        <Answered query={cost}>
          {({ usd, lines }) => (
            <SpaceBetween size="m">
              <BarList
                bars={COST_KINDS.map((kind) => ({
                  label: TENANT_USAGE.kinds[kind],
                  value: lines
                    .filter((line) => line.kind === kind)
                    .reduce((sum, line) => sum + Number(line.usd), 0),
                }))}
                format={(amount) => dollars(String(amount))}
              />
              <Listing
                title={TENANT_USAGE.costOf(month, dollars(usd))}
                items={lines}
                rowId={({ kind, region }) => `${kind} ${region}`}
                empty={TENANT_USAGE.costNone}
                search={false}
                columns={[
                  { id: 'kind', header: TENANT_USAGE.kind, text: ({ kind }) => TENANT_USAGE.kinds[kind] },
                  { id: 'region', header: TENANT_USAGE.region, text: ({ region }) => region },
                  {
                    id: 'quantity',
                    header: TENANT_USAGE.quantity,
                    text: ({ quantity, unit }) => `${shortNumber(quantity)} ${unit}`,
                    order: ({ quantity }) => quantity,
                  },
                  {
                    id: 'cost',
                    header: TENANT_USAGE.cost,
                    text: (line) => dollars(line.usd),
                    order: (line) => Number(line.usd),
                  },
                ]}
              />
            </SpaceBetween>
          )}
        </Answered>
      </SpaceBetween>
    </Container>
  );
}
