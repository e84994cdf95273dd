import * as z from 'zod';
import { pageQuerySchema, pageSchema } from './page';

/** Releases reach deployments, which are pools and silos: `id` of the manifest. */
export const deploymentIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/, 'must be the id of a pool or a silo tenant, such as acme');
const stackNameSchema = z
  .string()
  .max(128)
  .regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, 'must be the name of a stack');
const instant = z.iso.datetime();

/** Which release runs at a deployment, and since when. */
export const deploymentVersionSchema = z.object({
  deploymentId: z.string(),
  kind: z.enum(['pool', 'silo']),
  account: z.string(),
  region: z.string(),
  stackName: z.string(),
  release: z.string(),
  templateDigest: z.string(),
  wave: z.string(),
  runId: z.string(),
  deployedAt: instant,
  result: z.enum(['succeeded', 'failed', 'rolled-back', 'deleted']),
  reason: z.string().optional(),
  tenantId: z.string().optional(),
});
export type DeploymentVersion = z.output<typeof deploymentVersionSchema>;

export const FLEET_STATES = ['current', 'behind', 'ahead', 'pinned', 'failed', 'leaving', 'unowned'] as const;

/**
 * A deployment against what it should run. `behind`: an older release than the last that went well. `ahead`: one
 * that has not reached everybody. `unowned`: no entry of the manifest has it.
 */
export const fleetEntrySchema = deploymentVersionSchema.extend({ state: z.enum(FLEET_STATES) });
export type FleetEntry = z.output<typeof fleetEntrySchema>;

export const fleetQuerySchema = pageQuerySchema.extend({
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const fleetPageSchema = pageSchema(fleetEntrySchema).extend({
  /** The last release that passed every wave. */
  latest: z.string().optional(),
});

/** How a stack differs from what was recorded of it; none: nobody changed it by hand. */
export const inspectionSchema = z.object({
  deploymentId: z.string(),
  release: z.string(),
  changes: z.array(z.string()),
});

/** A stack with the application's name that no entry of the manifest owns. */
export const orphanSchema = z.object({
  stackName: z.string(),
  account: z.string(),
  region: z.string(),
  status: z.string(),
  deploymentId: z.string().optional(),
  kind: z.enum(['pool', 'silo']).optional(),
});

export const deploymentParamsSchema = z.object({ deploymentId: deploymentIdSchema });
export const stackParamsSchema = z.object({ stackName: stackNameSchema });
