import type { Freeze, ReleaseWindow } from '@granary/manifest';
import { WEEKDAYS } from '@granary/manifest';
import * as z from 'zod';
import type { ReleasePlan } from '../plan/release-plan';

const calendarSchema = z.object({
  windows: z
    .array(
      z.object({
        days: z.array(z.enum(WEEKDAYS)),
        from: z.string(),
        to: z.string(),
        timeZone: z.string().default('UTC'),
      }),
    )
    .default([]),
  freeze: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        timeZone: z.string().default('UTC'),
        reason: z.string(),
      }),
    )
    .default([]),
});

/** When the manifest of a release lets releases in. */
export interface Calendar {
  readonly windows: readonly ReleaseWindow[];
  readonly freeze: readonly Freeze[];
}

export function calendarOf(plan: ReleasePlan): Calendar {
  return calendarSchema.parse(plan);
}
