import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { meterIdSchema } from './meter';

/** Region of what no region is said of. */
export const REGION_UNKNOWN = 'unknown';

/**
 * What one request or business event used. The same `id` of the same tenant counts once, however often, in
 * whatever order and in whatever company it arrives.
 */
export const usageRecordSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9._:#-]{8,128}$/, 'must be 8 to 128 letters, digits or ._:#-'),
  /** Absent: what no tenant can be told to have used. It is shown apart, and never billed. */
  tenantId: tenantIdSchema.optional(),
  /** When it was used. */
  at: z.iso.datetime(),
  /** Where, for the price. @default unknown */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, such as us-east-1')
    .optional(),
  /** Amounts by meter, up to a thousandth. */
  meters: z
    .record(meterIdSchema, z.number().min(0).max(1e12))
    .refine(
      (meters) => Object.keys(meters).length >= 1 && Object.keys(meters).length <= MAX_METERS_OF_RECORD,
      'must have 1 to 20 meters',
    ),
});
export type UsageRecord = z.output<typeof usageRecordSchema>;

export const MAX_METERS_OF_RECORD = 20;
export const MAX_RECORDS_OF_EVENT = 100;

/** Detail of an `ingestUsage` event. Its records are checked one by one: a bad one does not hold back the others. */
export const ingestUsageDetailSchema = z.object({
  records: z.array(z.unknown()).min(1).max(MAX_RECORDS_OF_EVENT),
});
export type IngestUsageDetail = z.output<typeof ingestUsageDetailSchema>;
