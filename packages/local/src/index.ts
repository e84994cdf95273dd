export { SECONDS_PER_BAKE_MINUTE } from './cloud/bake-time';
export type { CloudEngine, EngineEnd, EngineRequest } from './cloud/cloud-engine';
export { CloudError, CloudNotRunningError, CloudRunsError } from './cloud/cloud-error';
export { type CloudFile, cloudFilePath, readCloudFile } from './cloud/cloud-file';
export type { CloudEnd, LocalCloudOptions, StartEngine } from './cloud/cloud-options';
export type { CloudState, CloudStatus } from './cloud/cloud-status';
export { ControlClient } from './cloud/control-client';
export { type CloudEnvironment, type CloudEnvironments, environmentsOf } from './cloud/environments';
export { LocalCloud } from './cloud/local-cloud';
export { PREPARATION_STAGE } from './cloud/release';
export { RunFollower } from './cloud/run-follower';
export { type StateFolder, stateFolder } from './cloud/state-folder';
export { type Engine, type EngineOptions, startEngine } from './engine/engine';
export type { CloudEndpoint, EngineClientConfig, EngineCredentials } from './engine/engine-client';
export { type EngineInstallOptions, installEngine } from './engine/engine-install';
export type { EngineExit } from './engine/engine-process';
export { EngineError, EngineInstallError, EngineRequestError, EngineStartError } from './engine/errors';
export { type InjectedFault, injectedFaultSchema } from './engine/injected-fault';
export { ENDPOINT_SETTING, otherEndpoint, SECRET_SETTING } from './engine/other-endpoint';
export type { SentMail } from './engine/sent-mail';
export { GitError } from './git/git';
export { GithubServer, type GithubServerOptions } from './git/github/github-server';
export { type ProjectHead, projectHead } from './git/project-head';
export { LOCAL_REMOTE } from './git/remote';
export { commitUnnamed, type UnnamedCommit } from './git/unnamed-commit';
export { reachableApiUrls } from './pipeline/api-url';
export type { PendingApproval } from './pipeline/approvals';
export type { ConditionKind, ConditionResult, RetryMode } from './pipeline/condition';
export {
  ActionFailedError,
  ReleaseError,
  RunInterruptedError,
  UnsupportedPipelineError,
} from './pipeline/errors';
export type { ApprovalDecision } from './pipeline/providers/approval';
export type { EventListener, Outcome, RunEvent, StageOutcome } from './pipeline/run-event';
export {
  type ActionRecord,
  type ConditionRecord,
  type Progress,
  type RunRecord,
  RunStore,
  type StageRecord,
} from './pipeline/run-record';
