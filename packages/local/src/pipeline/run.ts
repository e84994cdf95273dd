import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionContext } from './action';
import { ArtifactStore } from './artifacts';
import { type CloudAccess, Sessions } from './cloud-access';
import { ActionFailedError, messageOf, RunInterruptedError } from './errors';
import { ActionLog } from './log-file';
import { checkProviders, type Providers } from './providers';
import type { Outcome } from './run-event';
import type { RunProgress } from './run-progress';
import type { RunStore } from './run-record';
import { actionGroups, type PipelineAction, type PipelineStage, type PipelineStructure } from './structure';
import { resolveVariables, type Variables } from './variables';

export interface RunOptions {
  readonly progress: RunProgress;
  readonly store: RunStore;
  readonly providers: Providers;
  readonly cloud: CloudAccess;
  /** Reads the pipeline as it is deployed now. */
  readonly readStructure: () => Promise<PipelineStructure>;
  readonly signal: AbortSignal;
}

const SUCCEEDED: Outcome = { status: 'succeeded' };

/** Executes the deployed pipeline once, for one commit. */
export class Run {
  private readonly artifacts: ArtifactStore;
  private readonly sessions: Sessions;
  private readonly variables: Variables = new Map();

  constructor(private readonly options: RunOptions) {
    const { progress, store, cloud } = options;
    this.artifacts = new ArtifactStore(join(store.runFolder(progress.runId), 'artifacts'));
    this.sessions = new Sessions(cloud);
    this.variables.set('codepipeline', { PipelineExecutionId: progress.runId });
  }

  /**
   * Stages in order. The outcome `superseded` says that the pipeline changed itself: the caller starts the commit
   * again, with the new structure.
   */
  async execute(): Promise<Outcome> {
    const { progress, providers, readStructure } = this.options;
    try {
      const pipeline = await readStructure();
      await progress.structureRead(pipeline);
      checkProviders(pipeline, providers);
      for (const stage of pipeline.stages) {
        const outcome = await this.stage(pipeline, stage);
        if (outcome.status !== 'succeeded') return outcome;
        const now = await readStructure();
        if (now.digest !== pipeline.digest)
          return { status: 'superseded', reason: `stage "${stage.name}" changed the pipeline` };
      }
      return SUCCEEDED;
    } catch (error) {
      return this.outcomeOf(error);
    }
  }

  private async stage(pipeline: PipelineStructure, stage: PipelineStage): Promise<Outcome> {
    const { progress } = this.options;
    await progress.stageStarted(stage.name);
    let outcome: Outcome = SUCCEEDED;
    for (const group of actionGroups(stage)) {
      // As on AWS, the others of a group finish when one fails.
      const outcomes = await Promise.all(group.map((action) => this.action(pipeline, stage, action)));
      const bad = outcomes.find((one) => one.status === 'interrupted') ?? outcomes.find(isBad);
      if (bad) outcome = bad;
      if (bad) break;
    }
    await progress.stageEnded(stage.name, outcome);
    return outcome;
  }

  private async action(
    pipeline: PipelineStructure,
    stage: PipelineStage,
    action: PipelineAction,
  ): Promise<Outcome> {
    const { progress, store, signal } = this.options;
    if (signal.aborted) return this.outcomeOf(new RunInterruptedError('the run was stopped'));
    await progress.actionStarted(stage.name, action.name);
    const log = new ActionLog(store.logFile(progress.runId, stage.name, action.name), (line) =>
      progress.emit({
        type: 'action-output',
        runId: progress.runId,
        stage: stage.name,
        action: action.name,
        line,
      }),
    );
    let outcome: Outcome = SUCCEEDED;
    let summary: string | undefined;
    try {
      const provider = this.options.providers.get(`${action.category}/${action.provider}`);
      const context = await this.context(pipeline, stage, action, log);
      const result = await provider?.execute(context);
      summary = result?.summary;
      if (action.namespace) this.variables.set(action.namespace, result?.variables ?? {});
    } catch (error) {
      outcome = this.outcomeOf(error, `${stage.name}.${action.name}`);
      if (outcome.status === 'failed') {
        log.line(`[granary] failed: ${outcome.reason}`);
        // A command's own output is in the log already.
        if (action.provider !== 'CodeBuild') for (const detail of outcome.details) log.line(`  ${detail}`);
      }
    }
    await log.close();
    await progress.actionEnded(stage.name, action.name, outcome, summary);
    return outcome;
  }

  private async context(
    pipeline: PipelineStructure,
    stage: PipelineStage,
    action: PipelineAction,
    log: ActionLog,
  ): Promise<ActionContext> {
    const { progress, store, cloud, signal } = this.options;
    const where = `action "${stage.name}.${action.name}"`;
    const scratch = join(
      store.runFolder(progress.runId),
      'builds',
      `${stage.name}.${action.name}`.replace(/[^\w.-]/g, '_'),
    );
    await mkdir(scratch, { recursive: true });
    const resolved = Object.entries(action.configuration).map(([key, value]): [string, string] => [
      key,
      // Resolved one by one where it is read, because it is JSON around the values.
      key === 'EnvironmentVariables' ? value : resolveVariables(value, this.variables, where),
    ]);
    return {
      runId: progress.runId,
      commit: progress.record.commit,
      pipeline,
      stage: stage.name,
      action,
      configuration: Object.fromEntries(resolved),
      cloud,
      sessions: this.sessions,
      artifacts: this.artifacts,
      variables: this.variables,
      log,
      scratch,
      signal,
    };
  }

  private outcomeOf(error: unknown, where?: string): Outcome {
    const { signal } = this.options;
    if (error instanceof RunInterruptedError || signal.aborted)
      return { status: 'interrupted', reason: messageOf(signal.reason ?? error) };
    const reason = where ? `${where}: ${messageOf(error)}` : messageOf(error);
    return { status: 'failed', reason, details: error instanceof ActionFailedError ? error.details : [] };
  }
}

function isBad(outcome: Outcome): boolean {
  return outcome.status !== 'succeeded';
}
