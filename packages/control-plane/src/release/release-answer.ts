import {
  decisionInputSchema,
  deploymentVersionSchema,
  fleetEntrySchema,
  orphanSchema,
  overrideSchema,
  releasePlanViewSchema,
  releaseSchema,
  releaseWaveSchema,
  startedRollbackSchema,
  waveApprovalSchema,
} from '@granary/api';
import * as z from 'zod';

type Fields = Readonly<Record<string, unknown>>;

/** A run as the engine keeps it: a rollback is told by what it was asked to do. */
const runSchema = z
  .looseObject({ rollback: z.unknown().optional() })
  .transform((run) => ({ ...run, kind: run.rollback === undefined ? 'release' : 'rollback' }))
  .pipe(releaseSchema);

const versionSchema = z
  .looseObject({ tenant: z.object({ tenantId: z.string() }).optional() })
  .transform(({ tenant, ...version }): Fields => ({ ...version, tenantId: tenant?.tenantId }));

const deploymentsSchema = z.record(z.string(), releaseWaveSchema.shape.deployments);

/** What the engine answers, by its commands, as the API tells it. What the API does not tell is left out. */
export const ANSWERS = {
  listRuns: z.object({ runs: z.array(runSchema), next: z.string().optional() }),
  getRun: z
    .object({
      run: runSchema,
      waves: z.array(z.looseObject({ name: z.string() })),
      deployments: deploymentsSchema,
      notes: z.string().optional(),
    })
    .transform(({ run, waves, deployments, notes }) => ({
      ...run,
      ...(notes === undefined ? {} : { notes }),
      waves: waves.map((wave) =>
        releaseWaveSchema.parse({ ...wave, deployments: deployments[wave.name] ?? [] }),
      ),
    })),
  getPlan: releasePlanViewSchema,
  run: z.object({ run: runSchema }),
  rollback: z
    .looseObject({ run: runSchema })
    .transform(({ run, ...rest }) => ({ ...rest, release: run }))
    .pipe(startedRollbackSchema),
  fleet: z.object({
    latest: z.string().optional(),
    more: z.boolean(),
    deployments: z.array(
      z
        .object({ version: versionSchema, state: z.string() })
        .transform(({ version, state }): Fields => ({ ...version, state }))
        .pipe(fleetEntrySchema),
    ),
  }),
  listVersions: z.object({ versions: z.array(versionSchema.pipe(deploymentVersionSchema)) }),
  inspect: z
    .object({
      deploymentId: z.string(),
      version: z.object({ release: z.string() }),
      changes: z.array(z.string()),
    })
    .transform(({ deploymentId, version, changes }) => ({
      deploymentId,
      release: version.release,
      changes,
    })),
  listOrphans: z.object({ orphans: z.array(orphanSchema) }),
  deleteOrphan: z.object({
    ordered: z.object({
      runId: z.string(),
      stackName: z.string(),
      account: z.string(),
      region: z.string(),
    }),
  }),
  listApprovals: z.object({ approvals: z.array(waveApprovalSchema) }),
  decide: z.object({ approval: decisionInputSchema.omit({ reason: true }) }),
  listOverrides: z.object({ overrides: z.array(overrideSchema) }),
  override: z.object({ override: overrideSchema }),
} as const;
