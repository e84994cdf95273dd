import * as z from 'zod';

export const runIdSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w-]+$/, 'must be the id of a run');
const instant = z.iso.datetime();
/** Why an order is given: it is in the audit log for ever. */
const reason = z.string().trim().min(3).max(500);

export const RELEASE_STATUSES = ['running', 'halted', 'succeeded', 'abandoned', 'superseded'] as const;
export const releaseStatusSchema = z.enum(RELEASE_STATUSES);

const waveStatusSchema = z.enum([
  'waiting',
  'deploying',
  'baking',
  'passed',
  'halted',
  'rolling-back',
  'rolled-back',
  'skipped',
]);

/** What became of one deployment of a wave that was rolled back. */
const rolledBackSchema = z.object({
  deploymentId: z.string(),
  from: z.string(),
  to: z.string().optional(),
  result: z.enum(['succeeded', 'failed', 'no-earlier-version', 'pending']),
  reason: z.string().optional(),
});

/** Why a run stopped, and what was done about it. */
export const releaseHaltSchema = z.object({
  wave: z.string(),
  /** What stopped it: `canary`, `alarm`, `deployment`, `operator`, ... */
  gate: z.string(),
  deploymentId: z.string().optional(),
  alarm: z.string().optional(),
  reason: z.string(),
  at: instant,
  /** Deployments of the wave that did not take the release. */
  failed: z.array(z.string()),
  /** The first of them; `rolledBackTotal` counts all. */
  rolledBack: z.array(rolledBackSchema),
  rolledBackTotal: z.number().int().min(0),
});

/** One release on its way through the waves, or a rollback on its way back. */
export const releaseSchema = z.object({
  runId: z.string(),
  kind: z.enum(['release', 'rollback']),
  /** Commit; of a rollback its own id. */
  release: z.string(),
  /** What its commits are about, or why it was rolled back. An order's answer goes without. */
  notes: z.string().optional(),
  status: releaseStatusSchema,
  /** In the list: the wave that is under way, or that halted. */
  wave: z
    .object({
      name: z.string(),
      status: waveStatusSchema,
      /** From 0. */
      index: z.number().int().min(0),
      /** Waves in all. */
      of: z.number().int().min(1),
    })
    .optional(),
  startedAt: instant,
  endedAt: instant.optional(),
  halt: releaseHaltSchema.optional(),
  /** What a rollback was asked to do. */
  rollback: z
    .object({
      target: z.enum(['tenant', 'wave', 'all']),
      id: z.string().optional(),
      to: z.string().optional(),
      reason: z.string(),
      by: z.string(),
    })
    .optional(),
  /** Stacks of tenants that left. */
  removals: z
    .array(
      z.object({
        deploymentId: z.string(),
        result: z.enum(['deleted', 'kept']),
        reason: z.string().optional(),
      }),
    )
    .optional(),
  /** Who ended it, and why. */
  ended: z.object({ by: z.string(), reason: z.string() }).optional(),
  /** An order to halt that the next look at its wave carries out. */
  haltOrdered: z.object({ by: z.string(), reason: z.string(), at: instant }).optional(),
});
export type Release = z.output<typeof releaseSchema>;

export const WAVE_DEPLOYMENT_STATES = [
  'waiting',
  'deploying',
  'deployed',
  'failed',
  'rolling-back',
  'rolled-back',
] as const;

/** A wave of a release: where it is, and what its gate has seen. */
export const releaseWaveSchema = z.object({
  name: z.string(),
  index: z.number().int().min(0),
  status: waveStatusSchema,
  /** Deployments in all; of a large wave `deployments` names the first. */
  size: z.number().int().min(0),
  deployments: z.array(
    z.object({
      deploymentId: z.string(),
      state: z.enum(WAVE_DEPLOYMENT_STATES),
      reason: z.string().optional(),
    }),
  ),
  attempt: z.number().int().min(1),
  startedAt: instant.optional(),
  bakeEndsAt: instant.optional(),
  /** Until then its gate waits for samples and alarms' data. */
  extendedUntil: instant.optional(),
  tickSeconds: z.number().optional(),
  endedAt: instant.optional(),
  looks: z.number().int().min(0),
  samples: z.number().int().min(0),
  minimumSamples: z.number().int().min(0),
  lastVerdict: z.string().optional(),
  /** What was seen of each deployment that is watched. */
  watch: z.record(
    z.string(),
    z.object({
      requests: z.number().int().min(0),
      failed: z.number().int().min(0),
      missed: z.number().int().min(0),
      red: z.array(z.string()),
    }),
  ),
});
export type ReleaseWave = z.output<typeof releaseWaveSchema>;

/** A release with its waves. */
export const releaseDetailSchema = releaseSchema.extend({
  waves: z.array(releaseWaveSchema),
});
export type ReleaseDetail = z.output<typeof releaseDetailSchema>;

/** An action of the pipeline that waits for somebody. */
const approvalPlace = { stage: z.string().max(100), action: z.string().max(100) };
export const waveApprovalSchema = z.object({
  ...approvalPlace,
  /** The release that waits. */
  runId: z.string().optional(),
});

/** What a release does to one deployment, against the release before it. */
export const planChangeSchema = z.object({
  deploymentId: z.string(),
  change: z.enum(['added', 'moved', 'wave', 'pinned', 'leaving', 'vanished', 'revived', 'template']),
  from: z.string().optional(),
  to: z.string().optional(),
});
const plannedWaveSchema = z.object({
  name: z.string(),
  deployments: z.number().int().min(0),
  bakeMinutes: z.number(),
  minimumSamples: z.number(),
  approval: z.boolean(),
});
export const releasePlanQuerySchema = z.object({
  /** The run to compare with. @default the last release before it that went well */
  from: runIdSchema.optional(),
});
export const releasePlanViewSchema = z.object({
  release: z.string(),
  /** What it is compared with; absent for the first release. */
  before: z.string().optional(),
  engine: z.enum(['pipeline', 'distributed']),
  waves: z.array(plannedWaveSchema),
  /** As they were; absent for the first release. */
  wavesBefore: z.array(plannedWaveSchema).optional(),
  /** The first thousand; `changesTotal` counts all. */
  changes: z.array(planChangeSchema),
  changesTotal: z.number().int().min(0),
});
export type ReleasePlanView = z.output<typeof releasePlanViewSchema>;

export const overrideSchema = z.object({
  overrideId: z.string(),
  reason: z.string(),
  by: z.string(),
  createdAt: instant,
  expiresAt: instant,
});

export const reasonInputSchema = z.strictObject({ reason });
export const resumeInputSchema = z.strictObject({ mode: z.enum(['all', 'failed']).default('all'), reason });
export const overrideInputSchema = z.strictObject({ minutes: z.number().int().min(5).max(1440), reason });
export const decisionInputSchema = z.strictObject({
  ...approvalPlace,
  decision: z.enum(['approved', 'rejected']),
  reason,
});
export const rollbackInputSchema = z
  .strictObject({
    target: z.enum(['tenant', 'wave', 'all']),
    /** The deployment, or the wave. */
    id: z.string().min(1).max(64).optional(),
    /** A commit or the beginning of one; else what each had before. */
    to: z
      .string()
      .regex(/^[0-9a-f]{7,40}$/, 'must be a commit, or the first 7 or more of its characters')
      .optional(),
    reason,
  })
  .refine(({ target, id }) => (target === 'all') === (id === undefined), {
    path: ['id'],
    message: 'names the tenant or the wave; `all` has none',
  });

export const startedRollbackSchema = z.object({
  release: releaseSchema,
  changes: z.array(
    z.object({ deploymentId: z.string(), wave: z.string(), from: z.string(), to: z.string() }),
  ),
  kept: z.array(z.object({ deploymentId: z.string(), reason: z.string() })),
});

export const runParamsSchema = z.object({ runId: runIdSchema });
