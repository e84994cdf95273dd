import * as z from 'zod';
import { throttleSchema } from './limits';
import { tierNameSchema } from './tenant';

/** What a tenant may send, and how much of today's share is left. Days are UTC. */
export const usageSchema = z.object({
  day: z.iso.date(),
  tier: tierNameSchema,
  throttle: throttleSchema,
  quota: z.object({
    requestsPerDay: z.number().int().min(0),
    used: z.number().int().min(0),
    left: z.number().int().min(0),
    /** When the next share begins. */
    resetsAt: z.iso.datetime(),
  }),
  /** When the gateway was asked: an answer is kept for some seconds. */
  asOf: z.iso.datetime(),
});
export type Usage = z.output<typeof usageSchema>;
