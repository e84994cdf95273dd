import type { DeploymentRecord } from './deployment-record';

/** What placement looks at. */
export type Candidate = Pick<DeploymentRecord, 'deploymentId' | 'usagePlanIds' | 'tenants'>;

/**
 * Tenants that a pool takes: each has an API key, of which an account and region have 10,000, and the last thousand
 * are for silos and for keys that are made before others are deleted.
 */
export const POOL_CAPACITY = 9_000;

/** The pool for the next tenant of a tier: of those that serve the tier and have room the emptiest, ties by id. */
export function choosePool<Pool extends Candidate>(pools: readonly Pool[], tier: string): Pool | undefined {
  return pools
    .filter(({ usagePlanIds, tenants }) => Object.hasOwn(usagePlanIds, tier) && tenants < POOL_CAPACITY)
    .sort((one, other) => one.tenants - other.tenants || (one.deploymentId < other.deploymentId ? -1 : 1))[0];
}
