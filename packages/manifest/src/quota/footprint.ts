import type { QuotaId } from './quotas';

/**
 * What one deployment takes of each quota of its account and region. A test of `pipelines` holds these against the
 * synthesized stack: never less than it has, and not much more.
 */
export const DEPLOYMENT_FOOTPRINT = {
  stacks: 1,
  'rest-apis': 1,
  'usage-plans': 1,
  'user-pools': 1,
  'codedeploy-applications': 1,
  tables: 4,
  alarms: 20,
  roles: 16,
} as const satisfies Partial<Readonly<Record<QuotaId, number>>>;

/** What a pool takes beyond that for each of its tiers but the first. */
export const POOL_TIER_FOOTPRINT = {
  'usage-plans': 1,
  alarms: 4,
} as const satisfies Partial<Readonly<Record<keyof typeof DEPLOYMENT_FOOTPRINT, number>>>;

/** Resources of a deployment's template, at most. */
export const DEPLOYMENT_RESOURCES = 220;

/** Functions of a deployment that serve requests, each with the tier's reserved concurrency. */
export const SERVICE_FUNCTIONS = 2;

/**
 * What a place has of each without any deployment: the bootstrap's stacks and roles, and room for the control plane,
 * which a test of `pipelines` holds against its synthesized stack.
 */
export const PLACE_FOOTPRINT = {
  stacks: 6,
  'rest-apis': 1,
  'usage-plans': 0,
  'user-pools': 1,
  'codedeploy-applications': 1,
  tables: 2,
  alarms: 90,
  roles: 40,
} as const satisfies Readonly<Record<keyof typeof DEPLOYMENT_FOOTPRINT, number>>;
