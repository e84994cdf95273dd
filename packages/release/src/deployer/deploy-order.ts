import * as z from 'zod';
import { plannedDeploymentSchema } from '../plan/release-plan';

export const ORDER_PURPOSES = ['release', 'rollback', 'move', 'delete'] as const;
/** Why a deployment is brought to a version; `delete` takes its stack away. */
export type OrderPurpose = (typeof ORDER_PURPOSES)[number];

/** One deployment to bring to one version. */
export const deployOrderSchema = plannedDeploymentSchema.required({ templateDigest: true }).extend({
  /** The commit that the deployment runs afterwards. */
  release: z.string(),
  wave: z.string(),
  /** The pipeline's execution. */
  runId: z.string(),
  purpose: z.enum(ORDER_PURPOSES),
});
export type DeployOrder = z.output<typeof deployOrderSchema>;
