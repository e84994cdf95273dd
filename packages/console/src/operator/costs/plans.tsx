import { COSTS } from '../../strings/en/operator/costs';
import { useAnswer } from '../answer/use-answer';
import { Listing } from '../listing/listing';

/** What anybody can buy. */
export function Plans() {
  const plans = useAnswer(
    ['plans'],
    async (control, signal) => (await control.listPlans({}, { signal })).plans,
  );
  return (
    <Listing
      title={COSTS.plans}
      items={plans.data ?? []}
      query={plans}
      rowId={({ tier }) => tier}
      empty={COSTS.plansNone}
      search={false}
      columns={[
        { id: 'tier', header: COSTS.tier, text: ({ tier }) => tier },
        { id: 'model', header: COSTS.model, text: ({ model }) => model },
        {
          id: 'price',
          header: COSTS.price,
          text: ({ price }) =>
            price ? `${price.monthly.toLocaleString('en')} ${price.currency}` : COSTS.free,
          order: ({ price }) => price?.monthly ?? 0,
        },
      ]}
    />
  );
}
