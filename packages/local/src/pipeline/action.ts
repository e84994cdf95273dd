import type { EngineClientConfig, EngineCredentials } from '../engine/engine-client';
import type { ArtifactStore } from './artifacts';
import type { CloudAccess, Sessions } from './cloud-access';
import type { ActionLog } from './log-file';
import type { PipelineAction, PipelineStructure } from './structure';
import type { Variables } from './variables';

/** What an action has to work with. */
export interface ActionContext {
  readonly runId: string;
  readonly commit: string;
  readonly pipeline: PipelineStructure;
  readonly stage: string;
  readonly action: PipelineAction;
  /** The action's configuration with all variables replaced. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly cloud: CloudAccess;
  readonly sessions: Sessions;
  readonly artifacts: ArtifactStore;
  readonly variables: Variables;
  readonly log: ActionLog;
  /** A folder of the action's own, empty at first. */
  readonly scratch: string;
  /** Aborted when the run has to stop. */
  readonly signal: AbortSignal;
}

/** What an action that succeeded leaves. */
export interface ActionResult {
  /** Variables of the action's namespace. */
  readonly variables?: Readonly<Record<string, string>>;
  /** One line on what was done. */
  readonly summary?: string;
}

/**
 * Executes the actions of one provider.
 *
 * Rejects with ActionFailedError when the work failed, RunInterruptedError when the signal stopped it and
 * UnsupportedPipelineError for a configuration that it does not execute.
 */
export interface ActionProvider {
  execute(context: ActionContext): Promise<ActionResult>;
}

/** Credentials that the action works with: pipeline role, then the action's role if it names one. */
export async function actionCredentials(context: ActionContext): Promise<EngineCredentials> {
  const { action, pipeline, sessions, runId } = context;
  const pipelineSession = await sessions.ofService('codepipeline.amazonaws.com', pipeline.roleArn);
  if (!action.roleArn || action.roleArn === pipeline.roleArn) return pipelineSession;
  return sessions.assumed(pipelineSession, action.roleArn, action.region, `${runId}-${action.name}`);
}

/** Settings of a client that works as the action, in the action's region. */
export async function actionClient(context: ActionContext): Promise<EngineClientConfig> {
  const credentials = await actionCredentials(context);
  return { endpoint: context.cloud.endpoint, region: context.action.region, credentials };
}

/** `Stage.Action`, as errors and logs name it. */
export function actionTitle(context: Pick<ActionContext, 'stage' | 'action'>): string {
  return `action "${context.stage}.${context.action.name}"`;
}
