import type { DeploymentRecord } from './deployment-record';

/** What placement looks at. */
export type Candidate = Pick<DeploymentRecord, 'deploymentId' | 'usagePlanIds' | 'tenants'>;

/** The pool for the next tenant of a tier: of those that serve the tier the emptiest, ties by id. */
export function choosePool<Pool extends Candidate>(pools: readonly Pool[], tier: string): Pool | undefined {
  return pools
    .filter(({ usagePlanIds }) => Object.hasOwn(usagePlanIds, tier))
    .sort((one, other) => one.tenants - other.tenants || (one.deploymentId < other.deploymentId ? -1 : 1))[0];
}
