import { tierNameSchema } from '@granary/api';
import * as z from 'zod';
import { AppServicesError } from './app-services-error';

/** The function was deployed with a wrong environment; lists every variable at fault. */
export class EnvironmentError extends AppServicesError {
  readonly name = 'EnvironmentError';

  constructor(readonly faults: readonly string[]) {
    super(`wrong environment: ${faults.join('; ')}; correct the function's variables in its stack`);
  }
}

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

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const tierShards = json.pipe(z.record(tierNameSchema, z.int().min(1).max(MAX_SHARDS)));

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
 * The environment as `schema` wants it.
 * @throws EnvironmentError with all that is missing or wrong, never with a value
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(
    parsed.error.issues.map(({ path, message }) =>
      source[String(path[0])] === undefined
        ? `${String(path[0])} is missing`
        : `${path.join('.')}: ${message}`,
    ),
  );
}

/**
 * The number of shards of a tier.
 * @throws UnknownTierError
 */
export function shardsOf(tierShards: TierShards, tier: string): number {
  const shards = Object.hasOwn(tierShards, tier) ? tierShards[tier] : undefined;
  if (shards === undefined) throw new UnknownTierError(tier);
  return shards;
}
