import { tierNameSchema } from '@granary/api';
import { jsonSetting } from '@granary/auth';
import * as z from 'zod';
import { AppServicesError } from './app-services-error';

/** A token names a tier that the deployment was not told of. */
export class UnknownTierError extends AppServicesError {
  readonly name = 'UnknownTierError';

  constructor(readonly tier: string) {
    super(`TIER_SHARDS has no tier "${tier}"; deploy this stack with a manifest that has it`);
  }
}

/** The most shards that a tier may have, as the manifest says it. */
export const MAX_SHARDS = 64;

const tableName = z.string().min(1).max(255);

const tierShards = jsonSetting(z.record(tierNameSchema, z.int().min(1).max(MAX_SHARDS)));

/** Shards by tier name. */
export type TierShards = z.output<typeof tierShards>;

export const productEnvironmentSchema = z.object({ PRODUCT_TABLE_NAME: tableName, TIER_SHARDS: tierShards });
export type ProductEnvironment = z.output<typeof productEnvironmentSchema>;

export const orderEnvironmentSchema = z.object({
  ORDER_TABLE_NAME: tableName,
  PRODUCT_TABLE_NAME: tableName,
  TIER_SHARDS: tierShards,
});
export type OrderEnvironment = z.output<typeof orderEnvironmentSchema>;

/**
 * The number of shards of a tier.
 * @throws UnknownTierError
 */
export function shardsOf(tierShards: TierShards, tier: string): number {
  const shards = Object.hasOwn(tierShards, tier) ? tierShards[tier] : undefined;
  if (shards === undefined) throw new UnknownTierError(tier);
  return shards;
}
