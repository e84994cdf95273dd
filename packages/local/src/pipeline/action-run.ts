import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionContext } from './action';
import { type CloudAccess, Sessions } from './cloud-access';
import { ActionFailedError, messageOf, RunInterruptedError } from './errors';
import { ActionLog } from './log-file';
import type { Providers } from './providers';
import type { Outcome } from './run-event';
import type { RunProgress } from './run-progress';
import type { RunStore } from './run-record';
import type { RunState } from './run-state';
import type { PipelineAction, PipelineStage, PipelineStructure } from './structure';
import { resolveVariables } from './variables';

export interface ActionRunOptions {
  readonly progress: RunProgress;
  readonly store: RunStore;
  readonly providers: Providers;
  readonly cloud: CloudAccess;
  readonly state: RunState;
  readonly signal: AbortSignal;
}

/** How an action ended, and what it says of its result. */
export interface Performed {
  readonly outcome: Outcome;
  readonly summary?: string | undefined;
}

/** Performs a run's actions and rules: context, log, variables, outcome. */
export class ActionRuns {
  private readonly sessions: Sessions;

  constructor(private readonly options: ActionRunOptions) {
    this.sessions = new Sessions(options.cloud);
  }

  /** @param title the action's name in logs, events and reasons */
  async perform(
    pipeline: PipelineStructure,
    stage: PipelineStage,
    action: PipelineAction,
    title: string = action.name,
  ): Promise<Performed> {
    const { progress, store, state } = this.options;
    const { runId } = progress;
    const log = new ActionLog(store.logFile(runId, stage.name, title), (line) =>
      progress.emit({ type: 'action-output', runId, stage: stage.name, action: title, line }),
    );
    try {
      const provider = this.options.providers.get(`${action.category}/${action.provider}`);
      const context = await this.context(pipeline, stage, action, title, log);
      const result = await provider?.execute(context);
      if (action.namespace) state.variables.set(action.namespace, result?.variables ?? {});
      await state.save();
      return { outcome: { status: 'succeeded' }, summary: result?.summary };
    } catch (error) {
      const outcome = outcomeOf(error, this.options.signal, `${stage.name}.${title}`);
      if (outcome.status === 'failed') {
        log.line(`[granary] failed: ${outcome.reason}`);
        // A command's own output is in the log already.
        if (action.provider !== 'CodeBuild') for (const detail of outcome.details) log.line(`  ${detail}`);
      }
      return { outcome };
    } finally {
      await log.close();
    }
  }

  private async context(
    pipeline: PipelineStructure,
    stage: PipelineStage,
    action: PipelineAction,
    title: string,
    log: ActionLog,
  ): Promise<ActionContext> {
    const { progress, store, cloud, state, signal } = this.options;
    const where = `action "${stage.name}.${title}"`;
    const builds = join(store.runFolder(progress.runId), 'builds');
    const scratch = join(builds, `${stage.name}.${title}`.replace(/[^\w.-]/g, '_'));
    await mkdir(scratch, { recursive: true });
    const resolved = Object.entries(action.configuration).map(([key, value]): [string, string] => [
      key,
      // Resolved one by one where it is read, because it is JSON around the values.
      key === 'EnvironmentVariables' ? value : resolveVariables(value, state.variables, where),
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
      artifacts: state.artifacts,
      variables: state.variables,
      log,
      scratch,
      signal,
    };
  }
}

/** @param where names the place in the reason of a failure */
export function outcomeOf(error: unknown, signal: AbortSignal, where?: string): Outcome {
  if (error instanceof RunInterruptedError || signal.aborted)
    return { status: 'interrupted', reason: messageOf(signal.reason ?? error) };
  const reason = where ? `${where}: ${messageOf(error)}` : messageOf(error);
  return { status: 'failed', reason, details: error instanceof ActionFailedError ? error.details : [] };
}
