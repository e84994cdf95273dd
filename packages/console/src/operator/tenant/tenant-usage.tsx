import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TenantUsage } from '@granary/api';
import { useState } from 'react';
import { TENANT_USAGE } from '../../strings/en/operator/tenant';
import { Answered } from '../answer/answered';
import { useAnswer } from '../answer/use-answer';
import { ColumnChart } from '../chart/column-chart';
import { Listing } from '../listing/listing';
import { lastDays, shortNumber, usageSeries } from '../usage/usage-series';
import { TenantCostView } from './tenant-cost';

/** What a tenant used and what that cost, as charts. */
export function TenantUsageView({ tenantId }: { readonly tenantId: string }) {
  const span = lastDays(new Date(), 30);
  const usage = useAnswer(['usage', tenantId, span.from], (control, signal) =>
    control.getTenantUsage({ params: { tenantId }, query: { ...span, granularity: 'day' } }, { signal }),
  );
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h2" description={TENANT_USAGE.by}>
            {TENANT_USAGE.meter}
          </Header>
        }
      >
        <Answered query={usage}>{(data) => <UsageChart usage={data} />}</Answered>
      </Container>
      <TenantCostView tenantId={tenantId} />
    </SpaceBetween>
  );
}

function UsageChart({ usage: { meters, from, to } }: { readonly usage: TenantUsage }) {
  const [chosen, setChosen] = useState<string>();
  const meter = meters.find(({ meterId }) => meterId === chosen) ?? meters[0];
  if (!meter) return <Box>{TENANT_USAGE.none}</Box>;
  const series = usageSeries(meter, from, to);
  const options = meters.map(({ meterId, unit }) => ({ value: meterId, label: `${meterId} (${unit})` }));
  return (
    <SpaceBetween size="m">
      <FormField label={TENANT_USAGE.meter}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === meter.meterId) ?? null}
          onChange={({ detail }) => setChosen(detail.selectedOption.value)}
        />
      </FormField>
      <ColumnChart
        name={TENANT_USAGE.chart(meter.meterId, meter.unit)}
        columns={series}
        format={shortNumber}
        short={(day) => day.slice(5)}
      />
      <Box>
        {TENANT_USAGE.total}: {shortNumber(meter.total)} {meter.unit}
        {meter.late > 0 && ` (${TENANT_USAGE.late}: ${shortNumber(meter.late)})`}
      </Box>
      <ExpandableSection headerText={TENANT_USAGE.byDay}>
        <Listing
          title={TENANT_USAGE.chart(meter.meterId, meter.unit)}
          items={series.filter(({ value }) => value > 0).toReversed()}
          rowId={({ label }) => label}
          empty={TENANT_USAGE.none}
          search={false}
          columns={[
            { id: 'day', header: TENANT_USAGE.day, text: ({ label }) => label },
            {
              id: 'amount',
              header: TENANT_USAGE.amount(meter.unit),
              text: ({ value }) => value.toLocaleString('en'),
              order: ({ value }) => value,
            },
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}
