import { type BillingPlan, billingPlanSchema, tierNameSchema } from '@granary/api';
import { jsonSetting } from '@granary/auth';
import * as z from 'zod';

/** Plans by tier: what the setting PLANS holds. */
export const plansSetting = jsonSetting(z.record(tierNameSchema, billingPlanSchema.omit({ tier: true })));
export type Plans = z.output<typeof plansSetting>;

/** The plans as a list, in the manifest's order. */
export function listPlans(plans: Plans): BillingPlan[] {
  return Object.entries(plans).map(([tier, plan]) => ({ tier, ...plan }));
}
