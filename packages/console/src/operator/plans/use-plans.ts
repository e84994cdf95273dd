import type { BillingPlan } from '@granary/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useAnswer } from '../answer/use-answer';

/** What anybody can buy: the tiers of the manifest with their limits and prices. */
export function usePlans(): UseQueryResult<readonly BillingPlan[]> {
  return useAnswer<readonly BillingPlan[]>(
    ['plans'],
    async (control, signal) => (await control.listPlans({}, { signal })).plans,
  );
}
