import { tenantModelSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';
import type { StepContext } from '../../workflow/workflow';
import type { Place } from '../access';

export const moveInputSchema = z.object({
  tier: tierNameSchema,
  model: tenantModelSchema,
  /** Cell of the silo. @default its tier's */
  cell: z.string().max(32).optional(),
  /** How long the source is kept behind the cut-over. */
  retentionSeconds: z.number().int().min(0),
});
export type MoveInput = z.output<typeof moveInputSchema>;
export type MoveContext = StepContext<MoveInput>;

/** One end of a move. */
export interface MoveEnd extends Place {
  readonly tier: string;
  readonly model: MoveInput['model'];
}

const sourceSchema = z.object({
  deploymentId: z.string(),
  tier: tierNameSchema,
  model: tenantModelSchema,
  accessName: z.string().optional(),
  usageKeyId: z.string(),
  /** The tenant's, which the move leaves as it is. */
  status: z.enum(['active', 'inactive']),
});
export type MoveSource = z.output<typeof sourceSchema>;

/** Where the tenant was when the move began, and as what, for the facts. */
export function sourceFacts({ tenant }: MoveContext): { readonly source: MoveSource } {
  return { source: sourceSchema.parse(tenant) };
}

/** As the first step kept it. */
export function sourceOf({ operation }: MoveContext): MoveSource {
  return sourceSchema.parse(operation.facts.source);
}

/** Where the tenant goes: a silo has its id, a pool is chosen by the step `place`. */
export function targetOf({ tenant, operation, input }: MoveContext): MoveEnd {
  const { tenantId } = tenant;
  const { tier, model } = input;
  const deploymentId = model === 'silo' ? tenantId : z.string().parse(operation.facts.pool);
  // Both ends may share an account, whose keys and plans are told apart by their names.
  return { deploymentId, tier, model, accessName: `${tenantId}.${operation.operationId}` };
}
