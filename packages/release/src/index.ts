export {
  type ReleaseCommand,
  type ReleaseCommandInput,
  releaseCommandSchema,
} from './control/command';
export { begunRun } from './deployer/begun-order';
export { type DeployOrder, deployOrderSchema, ORDER_PURPOSES } from './deployer/deploy-order';
export { BOOTSTRAP_QUALIFIER } from './deployer/deploy-role';
export { type DeployerDependencies, stepOrder } from './deployer/deployer';
export { type Progress, progressSchema } from './deployer/progress';
export type { ChangeSetRequest, ChangeSetState, StackState, Stacks } from './deployer/stacks';
export { STATEFUL_TYPES } from './deployer/stateful-resources';
export { REMOVALS_WAVE, WavePlanError, waveOrders } from './deployer/wave-orders';
export { OVERRIDE_MINUTES, type Override } from './entry/override';
export { type BakeTime, bakeTime } from './gate/bake-time';
export { CANARY_TOLERANCE, type GateInput, judge, MISSED_LOOKS, type Verdict } from './gate/gate';
export { HALT_GATES, type HaltGate } from './gate/halt-gate';
export type { AlarmObservation, CanaryReport } from './gate/observation';
export type { Cells, WatchedDeployment } from './observer/deployment-watch';
export { type LookDependencies, look } from './observer/look';
export { secondsPerMinuteParameter } from './observer/seconds-per-minute';
export { plannedRelease } from './plan/planned-release';
export * from './plan/release-plan';
export { lambdaInvoke, regionOf } from './registration/lambda-invoke';
export { type Clock, REAL_CLOCK } from './registration/patience';
export { recordDeployment } from './registration/record-deployment';
export { type Invocation, register } from './registration/registration';
export { parseRegistrationSettings } from './registration/registration-settings';
export { type SmokeDependencies, smokeTest } from './registration/smoke';
export { smokeRoutes } from './registration/smoke-routes';
export { parseSettings, smokeSettingsSchema } from './registration/smoke-settings';
export { RegistrationError, SmokeTestError, StepError, StepSettingsError } from './registration/step-error';
export {
  type Expectation as TableExpectation,
  type Item,
  type ItemKey,
  type ItemPage,
  type ListQuery,
  type PartitionQuery,
  type ReleaseTable,
  WriteRefusedError,
} from './release-table/release-table';
export {
  type Halt,
  RUN_STATUSES,
  type Run,
  type RunStatus,
  runSchema,
  type WaveRun,
  type WaveStatus,
  waveRunSchema,
} from './run/run';
export { Runs } from './run/runs';
export { canonicalTemplate, openVersionObjects } from './version/template-store';
export {
  CURRENT_LIST,
  currentKey,
  type Version,
  type VersionOutputs,
  versionOf,
  versionSchema,
} from './version/version';
export { currentVersion, currentVersions, storeVersion, versionsOf } from './version/versions';
export { type HaltCause, haltWave } from './wave/halt-wave';
export { openWave } from './wave/open-wave';
export { describeHalt, settleWave } from './wave/settle-wave';
