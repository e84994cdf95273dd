export * from './calendar';
export * from './deployment';
export * from './diagnostic';
export type { FieldChange } from './diff/field-change';
export type { EntryChange, ListDiff } from './diff/keyed-list';
export { applyDiff, diffManifests, type ManifestDiff } from './diff/manifest-diff';
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
export * from './preview/plan-release';
export type { Refusal } from './preview/refusals';
export type { ChangedTenant, TenantChanges } from './preview/tenant-changes';
export type { WaveImpact } from './preview/wave-impact';
export * from './quota/footprint';
export { type PipelineInput, type PipelineShape, pipelineShape } from './quota/pipeline-shape';
export { type QuotaUse, quotaUses } from './quota/quota-use';
export { QUOTAS, type Quota, type QuotaId } from './quota/quotas';
export * from './rollout';
export * from './rollout-fields';
export { type ManifestInput, manifestSchema, type SiloTenantInput } from './schema';
export { STATEFUL_TYPES } from './template/stateful-types';
export * from './template/template-change';
export { changeTenant, removeTenant, type SiloTenantChange } from './tenant-change';
export * from './tiers';
