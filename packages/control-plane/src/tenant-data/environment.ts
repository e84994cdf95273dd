import { tierNameSchema } from '@granary/api';
import { jsonSetting } from '@granary/auth';
import * as z from 'zod';

/** What the data function's stack tells it. */
export const tenantDataEnvironmentSchema = z.object({
  CONTROL_TABLE_NAME: z.string().min(3),
  APPLICATION: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  /** Keeps archives and receipts. */
  ARCHIVE_BUCKET_NAME: z.string().min(3),
  /** Signs them. */
  ARCHIVE_KEY_ARN: z.string().startsWith('arn:'),
  /** JSON, shards by tier: `{"basic":4}`. */
  TIER_SHARDS: jsonSetting(z.record(tierNameSchema, z.number().int().min(1).max(64))),
  /** SSM parameter that, where it exists, says how many seconds a freeze settles. */
  FREEZE_SETTLE_PARAMETER: z.string().startsWith('/'),
});
