import * as z from 'zod';
import { plansSetting } from './billing-plans';

/** Settings of both billing functions. */
export const billingEnvironmentSchema = z.object({
  CONTROL_TABLE_NAME: z.string().min(3),
  PLANS: plansSetting,
  BILLING_PARAMETER: z.string().startsWith('/'),
});
