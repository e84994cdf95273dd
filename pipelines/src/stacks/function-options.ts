import type { NamedTier, TenantIsolation } from '@granary/manifest';

/** What the tiers of a deployment ask of the functions that all of them share. */
export interface FunctionOptions {
  readonly tenantIsolation: TenantIsolation;
  /** Environments of each service function. @default the account's, shared */
  readonly reservedConcurrency: number | undefined;
}

/**
 * Isolation as the strictest tier wants it; concurrency is the sum of what the tiers bring, if each brings some. The
 * manifest lets pool tiers differ in neither.
 */
export function functionOptions(tiers: readonly NamedTier[]): FunctionOptions {
  const isolated = tiers.some(({ tenantIsolation }) => tenantIsolation === 'per-tenant');
  const reserved = tiers.flatMap(({ reservedConcurrency }) => reservedConcurrency ?? []);
  return {
    tenantIsolation: isolated ? 'per-tenant' : 'shared',
    reservedConcurrency:
      reserved.length > 0 && reserved.length === tiers.length
        ? reserved.reduce((sum, each) => sum + each, 0)
        : undefined,
  };
}
