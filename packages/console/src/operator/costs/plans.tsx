import { COSTS } from '../../strings/en/operator/costs';
import { Listing } from '../listing/listing';
import { limitTexts } from '../plans/limit-texts';
import { usePlans } from '../plans/use-plans';

/** What anybody can buy. */
export function Plans() {
  const plans = usePlans();
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
          id: 'limits',
          header: COSTS.limits,
          text: ({ limits }) =>
            limitTexts(limits)
              .map(({ label, value }) => `${label}: ${value}`)
              .join(', '),
        },
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
