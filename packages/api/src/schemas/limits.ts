import * as z from 'zod';

/** What one tenant may send at once. */
export const throttleSchema = z.strictObject({
  /** Requests that may arrive together. */
  burst: z.number().int().min(1).max(5000),
  /** Requests a second, steadily. */
  rate: z.number().min(0.1).max(10_000),
});

/** What one tenant may send in all: of its tier's plan, or of an override of its own. */
export const limitsSchema = z.strictObject({
  throttle: throttleSchema,
  quota: z.strictObject({ requestsPerDay: z.number().int().min(1).max(1_000_000_000) }),
});
export type Limits = z.output<typeof limitsSchema>;
