import * as z from 'zod';
import { HALT_GATES } from '../gate/halt-gate';
import { watchSchema } from '../gate/watch';

const instant = z.iso.datetime();

export const ROLLBACK_RESULTS = ['succeeded', 'failed', 'no-earlier-version'] as const;

/** What became of one deployment of a wave that was rolled back. */
export const rolledBackSchema = z.object({
  deploymentId: z.string(),
  from: z.string(),
  /** Release that it runs again. @default it had none before */
  to: z.string().optional(),
  result: z.enum([...ROLLBACK_RESULTS, 'pending']),
  reason: z.string().optional(),
});
export type RolledBack = z.output<typeof rolledBackSchema>;

/** Why a run stopped, and what was done about it. */
export const haltSchema = z.object({
  wave: z.string(),
  gate: z.enum(HALT_GATES),
  deploymentId: z.string().optional(),
  alarm: z.string().optional(),
  reason: z.string(),
  at: instant,
  /** Deployments of the wave that did not take the release. */
  failed: z.array(z.string()),
  rolledBack: z.array(rolledBackSchema),
  /** Of so many; a large wave's record names the first of them. */
  rolledBackTotal: z.number().int().min(0),
});
export type Halt = z.output<typeof haltSchema>;

export const RUN_STATUSES = ['running', 'halted', 'succeeded', 'abandoned', 'superseded'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What a rollback was asked to do. */
export const rollbackOrderedSchema = z.object({
  target: z.enum(['tenant', 'wave', 'all']),
  /** The deployment, or the wave. @default all */
  id: z.string().exactOptional(),
  /** The commit that was asked for. @default what each had before */
  to: z.string().exactOptional(),
  reason: z.string(),
  by: z.string(),
});
export type RollbackOrdered = z.output<typeof rollbackOrderedSchema>;

/** What became of the stack of a tenant that left. */
export const removalSchema = z.object({
  deploymentId: z.string(),
  result: z.enum(['deleted', 'kept']),
  /** Why it was kept. @default it was not */
  reason: z.string().exactOptional(),
});
export type Removal = z.output<typeof removalSchema>;

/** One release on its way through the waves, or a rollback on its way back. */
export const runSchema = z.object({
  /** Id of the pipeline's execution; a rollback has one of its own. */
  runId: z.string(),
  /** Commit; of a rollback its id, by which its plan is kept. */
  release: z.string(),
  /** @default it is a release */
  rollback: rollbackOrderedSchema.exactOptional(),
  /** Stacks of tenants that left. @default none were looked at */
  removals: z.array(removalSchema).exactOptional(),
  status: z.enum(RUN_STATUSES),
  startedAt: instant,
  endedAt: instant.optional(),
  /** The last one; it stays when the run goes on. */
  halt: haltSchema.optional(),
  /** Why somebody ended it. */
  ended: z.object({ by: z.string(), reason: z.string() }).optional(),
  /** Somebody wants it halted: the next look at its wave does so. @default nobody does */
  haltOrdered: z.object({ by: z.string(), reason: z.string(), at: instant }).exactOptional(),
  revision: z.number().int().min(1),
});
export type Run = z.output<typeof runSchema>;

export const WAVE_STATUSES = [
  'waiting',
  'deploying',
  'baking',
  'passed',
  'halted',
  'rolling-back',
  'rolled-back',
  'skipped',
] as const;
export type WaveStatus = (typeof WAVE_STATUSES)[number];

/** One wave of a run. */
export const waveRunSchema = z.object({
  runId: z.string(),
  release: z.string(),
  name: z.string(),
  index: z.number().int().min(0),
  status: z.enum(WAVE_STATUSES),
  /** Ids; of a large wave the first ones. */
  deployments: z.array(z.string()),
  size: z.number().int().min(0),
  /** Times that the wave was begun: a wave that is resumed begins again. */
  attempt: z.number().int().min(1),
  /** The only deployments that this attempt brings the release to. @default all of the wave */
  only: z.array(z.string()).optional(),
  /** The pipeline's stage, once the release was let in. @default it was not, in this attempt */
  stage: z.string().optional(),
  /** When the watch began. @default it has not */
  startedAt: instant.optional(),
  bakeEndsAt: instant.optional(),
  /** Until then it waits for samples and alarms' data. */
  extendedUntil: instant.optional(),
  /** Seconds between two looks. */
  tickSeconds: z.number().int().min(1).optional(),
  endedAt: instant.optional(),
  /** Looks at the wave in this attempt. */
  looks: z.number().int().min(0),
  samples: z.number().int().min(0),
  minimumSamples: z.number().int().min(0),
  lastVerdict: z.string().optional(),
  watch: watchSchema,
  revision: z.number().int().min(1),
});
export type WaveRun = z.output<typeof waveRunSchema>;
