import { meterIdSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';

/** How this application is billed with Stripe. Products, prices and meters are made in Stripe; this names them. */
export const stripeSettingsSchema = z.strictObject({
  provider: z.literal('stripe'),
  /** Secret that holds the API key: use a restricted one. */
  secretArn: z.string().startsWith('arn:'),
  /** Ids of the prices of each tier: the monthly one, and one for each meter that it charges. */
  prices: z.record(tierNameSchema, z.array(z.string().min(1).max(255)).min(1).max(20)),
  /** Event name of Stripe's meter, by the id of ours. */
  meters: z.record(meterIdSchema, z.string().min(1).max(100)).default({}),
});
export type StripeSettings = z.output<typeof stripeSettingsSchema>;
