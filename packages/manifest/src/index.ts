export * from './calendar';
export * from './deployment';
export * from './diagnostic';
export { addTenant } from './edit';
export {
  AUTO_PIPELINE_ACCOUNTS,
  AUTO_PIPELINE_TENANTS,
  MAXIMUM_PIPELINE_TENANTS,
  type PlannedEngine,
} from './engine';
export { manifestJsonSchema, manifestJsonSchemaText } from './json-schema';
export { LIMITS } from './limits';
export * from './manifest';
export * from './manifest-error';
export * from './parse';
export * from './percentile';
export * from './rollout';
export * from './rollout-fields';
export { type ManifestInput, manifestSchema, type SiloTenantInput } from './schema';
export { changeTenant, removeTenant, type SiloTenantChange } from './tenant-change';
export * from './tiers';
