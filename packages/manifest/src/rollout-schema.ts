import * as z from 'zod';
import * as field from './field';
import { LIMITS } from './limits';
import {
  ALARM_CONSEQUENCES,
  MISSING_DATA_TREATMENTS,
  ROLLOUT_ENGINES,
  type Rollout,
  WEEKDAYS,
} from './rollout-fields';

const alarms = z.strictObject({
  onRed: field
    .oneOf(ALARM_CONSEQUENCES)
    .default('halt')
    .describe('What an alarm of the wave does: halts the release and rolls the wave back, or is told of.'),
  insufficientData: field
    .oneOf(MISSING_DATA_TREATMENTS)
    .default('ignore')
    .describe('Whether the wave is watched until every alarm has data.'),
  blockEntry: field.flag.default(true).describe('Whether an alarm that is red before keeps the release out.'),
});

const wave = z.strictObject({
  name: field.slug,
  percentage: field
    .number(0.01, 100)
    .exactOptional()
    .describe('Share of the tenants reached once this wave is done: cumulative, in percent.'),
  rings: z.array(field.slug).max(LIMITS.rings).default([]).describe('Rings whose tenants are in this wave.'),
  bakeMinutes: field.whole(0, 10_080).describe('How long the wave is watched before the next one starts.'),
  minimumSamples: field
    .whole(0, 1_000_000)
    .default(100)
    .describe('Requests that must have been seen before the wave counts as watched.'),
  approval: field.flag.default(false).describe('Whether a person lets the release into this wave.'),
  parallelism: field
    .whole(1, 1000)
    .default(10)
    .describe('Deployments of one account and region that change at the same time.'),
  tolerate: field.whole(0, 1000).default(0).describe('Failed tenants that do not stop the release.'),
  skip: z
    .strictObject({ reason: field.displayName })
    .exactOptional()
    .describe('Releases pass the wave by: its tenants keep what they run.'),
  alarms: alarms.prefault({}).describe("What the alarms of the wave's deployments do to the release."),
});

const releaseWindow = z.strictObject({
  days: z.array(field.oneOf(WEEKDAYS)).min(1).max(7),
  from: field.clock.describe('Inclusive.'),
  to: field.clock.describe('Exclusive.'),
  timeZone: field.timeZone.default('UTC').describe('IANA name, such as Europe/Berlin.'),
});

const freeze = z.strictObject({
  from: field.dayOrInstant.describe('A day, or an instant; inclusive.'),
  to: field.dayOrInstant.describe('A day, inclusive; or an instant, exclusive.'),
  timeZone: field.timeZone.default('UTC').describe('Of days: an IANA name, such as Europe/Berlin.'),
  reason: field.displayName,
});

/** `rollout`, field by field. */
export const rolloutSchema = z.strictObject({
  engine: field
    .oneOf(ROLLOUT_ENGINES)
    .default('auto')
    .describe('`auto` takes `pipeline` up to 50 silo tenants and 40 accounts.'),
  waves: z.array(wave).min(1).max(LIMITS.waves).describe('In the order of release.'),
  windows: z
    .array(releaseWindow)
    .max(LIMITS.windows)
    .default([])
    .describe('When a release may enter a wave. None: always.'),
  freeze: z.array(freeze).max(LIMITS.freeze).default([]).describe('When no release may enter one.'),
  confirmedReplacements: z
    .array(z.strictObject({ resource: field.logicalId, reason: field.displayName }))
    .max(LIMITS.confirmedReplacements)
    .default([])
    .describe('Stateful resources whose replacement or removal is meant; any other is refused.'),
}) satisfies z.ZodType<Rollout>;
