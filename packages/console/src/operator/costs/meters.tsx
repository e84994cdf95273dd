import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { COSTS } from '../../strings/en/operator/costs';
import { Answered } from '../answer/answered';
import { useAnswer } from '../answer/use-answer';
import { Listing } from '../listing/listing';
import { OrderButton } from '../order/order-button';
import { lastDays, shortNumber } from '../usage/usage-series';

/** What is metered, and one meter over all tenants. */
export function Meters() {
  const [shown, setShown] = useState<string>();
  const meters = useAnswer(
    ['meters'],
    async (control, signal) => (await control.listMeters({}, { signal })).items,
  );
  return (
    <SpaceBetween size="l">
      <Listing
        title={COSTS.meters}
        items={meters.data ?? []}
        query={meters}
        rowId={({ meterId }) => meterId}
        empty={COSTS.metersNone}
        actions={<AddMeter />}
        columns={[
          {
            id: 'meter',
            header: COSTS.meter,
            cell: ({ meterId }) => (
              <Button
                variant="inline-link"
                ariaLabel={COSTS.meterUse(meterId)}
                onClick={() => setShown(meterId)}
              >
                {meterId}
              </Button>
            ),
            text: ({ meterId }) => meterId,
          },
          { id: 'unit', header: COSTS.unit, text: ({ unit }) => unit },
          {
            id: 'counts',
            header: COSTS.aggregation,
            text: ({ aggregation }) => COSTS.aggregations[aggregation],
          },
          {
            id: 'by',
            header: COSTS.builtIn,
            text: ({ builtIn }) => (builtIn ? COSTS.platform : COSTS.added),
          },
          { id: 'what', header: COSTS.description, text: ({ description }) => description ?? '–' },
        ]}
      />
      {shown && <MeterUse key={shown} meterId={shown} />}
    </SpaceBetween>
  );
}

function AddMeter() {
  return (
    <OrderButton
      operation="createMeter"
      label={COSTS.addMeter}
      text={COSTS.addMeterText}
      fields={[
        { name: 'meterId', label: COSTS.meter, kind: 'text', least: 2, most: 48 },
        { name: 'unit', label: COSTS.unit, kind: 'text', most: 32 },
        {
          name: 'aggregation',
          label: COSTS.aggregation,
          kind: 'choice',
          options: [
            { value: 'sum', label: COSTS.aggregations.sum },
            { value: 'count', label: COSTS.aggregations.count },
          ],
        },
        { name: 'description', label: COSTS.description, kind: 'text', optional: true, most: 200 },
      ]}
      run={(control, { meterId = '', unit = '', aggregation, description = '' }) =>
        control.createMeter({
          body: {
            meterId,
            unit,
            aggregation: aggregation as 'sum' | 'count',
            ...(description === '' ? {} : { description }),
          },
        })
      }
      done={COSTS.addMeterDone}
      refreshes={['meters']}
    />
  );
}

function MeterUse({ meterId }: { readonly meterId: string }) {
  const span = lastDays(new Date(), 30);
  const use = useAnswer(['meter-use', meterId, span.from], (control, signal) =>
    control.getMeterUsage({ params: { meterId }, query: span }, { signal }),
  );
  return (
    <Answered query={use}>
      {({ meter, tenants, total }) => (
        <Listing
          title={COSTS.meterUse(meterId)}
          description={COSTS.meterUseText(span.from, span.to, shortNumber(total), meter.unit)}
          items={tenants}
          rowId={({ tenantId }) => tenantId}
          empty={COSTS.none}
          columns={[
            { id: 'tenant', header: COSTS.tenant, text: ({ tenantId }) => tenantId },
            {
              id: 'amount',
              header: COSTS.amount,
              text: ({ quantity }) => shortNumber(quantity),
              order: ({ quantity }) => quantity,
            },
          ]}
        />
      )}
    </Answered>
  );
}
