import { InvalidRequestProblem, tenantModelSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';

/** What sign-up knows of a tier. */
export const tierFactsSchema = z.object({
  model: tenantModelSchema,
  /** `events`: a foreign application plane serves it, told by events. @default 'granary' */
  applicationPlane: z.enum(['granary', 'events']).optional(),
  /** Partitions that a tenant's rows are spread over. @default every tier has the same */
  shards: z.number().int().min(1).optional(),
});
export type TierFacts = z.output<typeof tierFactsSchema>;

/** By name. */
export const tiersSchema = z.record(tierNameSchema, tierFactsSchema);
export type Tiers = Readonly<Record<string, TierFacts>>;

/** @throws InvalidRequestProblem when there is no such tier */
export function tierNamed(tier: string, tiers: Tiers): TierFacts {
  const facts = Object.hasOwn(tiers, tier) ? tiers[tier] : undefined;
  if (facts) return facts;
  const known = Object.keys(tiers);
  const advice = known.length > 0 ? `choose one of ${known.join(', ')}` : 'no tier is open: ask an operator';
  throw new InvalidRequestProblem([
    { in: 'body', pointer: '/tier', message: `"${tier}" is no tier; ${advice}` },
  ]);
}
