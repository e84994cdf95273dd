export type { ApiLoad } from './cloud/api-limits';
export {
  type ApiName,
  CELL_QUOTAS,
  LAMBDA_CONCURRENCY,
  PRICES,
  PUBLISHED_RATES,
} from './cloud/published-rates';
export { CHANGES, type Change } from './cloud/stack-work';
export type { Costs } from './fleet/costs';
export { type FleetOptions, fleetManifest, fleetWaves, TENANTS_PER_CELL } from './fleet/fleet';
export { type ReleaseMake, releaseMakeOf, type Template } from './fleet/machines';
export {
  type FinalStates,
  type RolloutOptions,
  type SimulatedHalt,
  type SimulatedRollout,
  type SimulatedWave,
  simulateRollout,
} from './fleet/rollout';
export { SimulationError } from './simulation-error';
