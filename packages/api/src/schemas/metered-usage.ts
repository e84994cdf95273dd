import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { meterIdSchema, meterSchema } from './meter';

/** Days that one question may span. */
export const MAX_USAGE_DAYS = 92;

const DAY = 24 * 60 * 60 * 1000;

const span = {
  /** The first day, UTC. */
  from: z.iso.date(),
  /** The last day, UTC, inclusive. */
  to: z.iso.date(),
};

function isSpan({ from, to }: { readonly from: string; readonly to: string }): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1;
  return days >= 1 && days <= MAX_USAGE_DAYS;
}

const SPAN_FAULT = {
  path: ['to'],
  error: `must be at or after "from", and at most ${MAX_USAGE_DAYS} days in all`,
};

export const usageSpanSchema = z.object(span).refine(isSpan, SPAN_FAULT);
export type UsageSpan = z.output<typeof usageSpanSchema>;

export const USAGE_GRANULARITIES = ['hour', 'day', 'month'] as const;
export type UsageGranularity = (typeof USAGE_GRANULARITIES)[number];

export const tenantUsageQuerySchema = z
  .object({ ...span, granularity: z.enum(USAGE_GRANULARITIES).default('day') })
  .refine(isSpan, SPAN_FAULT);
export type TenantUsageQuery = z.output<typeof tenantUsageQuerySchema>;

/** One meter over all tenants. */
export const meterUsageSchema = z.object({
  meter: meterSchema,
  from: z.iso.date(),
  to: z.iso.date(),
  total: z.number(),
  /** By tenant id; what no tenant used is `shared`. */
  tenants: z.array(
    z.object({ tenantId: z.union([tenantIdSchema, z.literal('shared')]), quantity: z.number() }),
  ),
});
export type MeterUsage = z.output<typeof meterUsageSchema>;

/** All meters of one tenant. */
export const tenantUsageSchema = z.object({
  tenantId: tenantIdSchema,
  from: z.iso.date(),
  to: z.iso.date(),
  granularity: z.enum(USAGE_GRANULARITIES),
  meters: z.array(
    z.object({
      meterId: meterIdSchema,
      unit: z.string(),
      total: z.number(),
      /** What of the total arrived after its hour was closed. */
      late: z.number(),
      /** `2026-11-24T22`, `2026-11-24` or `2026-11`, UTC; none where nothing was used. */
      points: z.array(z.object({ at: z.string(), quantity: z.number() })),
    }),
  ),
});
export type TenantUsage = z.output<typeof tenantUsageSchema>;
