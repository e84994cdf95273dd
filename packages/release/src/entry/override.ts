import * as z from 'zod';

/** Minutes that an override may last. */
export const OVERRIDE_MINUTES = { least: 5, most: 24 * 60 } as const;

/** An emergency: for a while, freeze, windows and red alarms keep no release out. */
export const overrideSchema = z.object({
  overrideId: z.string(),
  reason: z.string(),
  /** Who asked for it. */
  by: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Override = z.output<typeof overrideSchema>;
