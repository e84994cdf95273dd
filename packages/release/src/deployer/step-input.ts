import * as z from 'zod';
import { deployOrderSchema } from './deploy-order';
import { progressSchema } from './progress';

/** What the deployer is given for one step: the order, and how far it is. The state machine begins with null. */
export const stepInputSchema = z.object({
  order: deployOrderSchema,
  progress: progressSchema.nullish().transform((progress) => progress ?? undefined),
});
