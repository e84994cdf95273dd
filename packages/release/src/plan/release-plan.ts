import * as z from 'zod';

/** Name of the wave that the pools are. */
export const POOLS_WAVE = 'pools';

/** What the control plane is told of a silo's tenant. */
export const silosTenantSchema = z.object({
  tenantId: z.string(),
  name: z.string(),
  tier: z.string(),
  adminEmail: z.string(),
});

/** One stack of the application plane: where it is, and what it is made of. */
export const plannedDeploymentSchema = z.object({
  deploymentId: z.string(),
  kind: z.enum(['pool', 'silo']),
  account: z.string(),
  region: z.string(),
  stackName: z.string(),
  /** The template that the release brings. @default the pipeline deploys it: the template is in its artifacts */
  templateDigest: z.string().exactOptional(),
  /** Values of the template's parameters; empty where the pipeline deploys it. */
  parameters: z.record(z.string(), z.string()),
  /** @default a pool: none */
  tenant: silosTenantSchema.exactOptional(),
  /** Logical ids of stateful resources that may be replaced or removed. @default none */
  confirmedReplacements: z.array(z.string()).exactOptional(),
  /** The commit that the deployment is brought to. @default the plan's */
  release: z.string().exactOptional(),
});
export type PlannedDeployment = z.output<typeof plannedDeploymentSchema>;

/** A wave of the plan, with its deployments. */
export const plannedWaveSchema = z.looseObject({
  name: z.string(),
  /** From 0. */
  index: z.int().min(0),
  bakeMinutes: z.number().min(0),
  minimumSamples: z.number().min(0),
  /** Deployments at the same time in one account and region. */
  parallelism: z.int().min(1),
  /** Failed deployments that do not stop the release. */
  tolerate: z.int().min(0),
  approval: z.boolean(),
  deployments: z.array(plannedDeploymentSchema),
});

/** What one release does: `plans/<release>.json`. More than this package reads may be in it. */
export const releasePlanSchema = z.looseObject({
  application: z.string(),
  engine: z.enum(['pipeline', 'distributed']),
  pools: z.array(plannedDeploymentSchema),
  waves: z.array(plannedWaveSchema),
  /** Silos whose tenants are on their way out: deleted once the control plane holds their purge receipts. */
  removals: z.array(plannedDeploymentSchema),
  /** Silos pinned to a version: the release passes them by. @default none */
  held: z
    .array(
      z.object({ deploymentId: z.string(), account: z.string(), region: z.string(), version: z.string() }),
    )
    .exactOptional(),
  /** Its deployments go back to versions that they had. @default a release */
  purpose: z.literal('rollback').exactOptional(),
});
export type ReleasePlan = z.output<typeof releasePlanSchema>;

/** Where the plan of a release is in the versions bucket. */
export function planKey(release: string): string {
  return `plans/${release}.json`;
}

/** Where the orders of a wave of a run are in the versions bucket. */
export function ordersKey(runId: string, wave: string): string {
  return `waves/${runId}/${wave}.json`;
}

/** Where a template is in the versions bucket. */
export function templateKey(digest: string): string {
  return `templates/${digest}.json`;
}
