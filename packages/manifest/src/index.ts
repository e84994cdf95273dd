export * from './deployment';
export * from './diagnostic';
export {
  AUTO_PIPELINE_ACCOUNTS,
  AUTO_PIPELINE_TENANTS,
  MAXIMUM_PIPELINE_TENANTS,
  type PlannedEngine,
} from './engine';
export * from './manifest';
export * from './manifest-error';
export * from './percentile';
export * from './rollout';
export * from './tiers';
