import { ActionRuns, outcomeOf } from './action-run';
import type { CloudAccess } from './cloud-access';
import type { RetryMode } from './condition';
import { ReleaseError } from './errors';
import { checkProviders, type Providers } from './providers';
import type { Outcome, StageOutcome } from './run-event';
import type { RunProgress } from './run-progress';
import type { RunStore } from './run-record';
import { RunState } from './run-state';
import { type StageEnd, StageRun } from './stage-run';
import type { PipelineStage, PipelineStructure } from './structure';

export interface RunOptions {
  readonly progress: RunProgress;
  readonly store: RunStore;
  readonly providers: Providers;
  readonly cloud: CloudAccess;
  /** Reads the pipeline as it is deployed now. */
  readonly readStructure: () => Promise<PipelineStructure>;
  readonly signal: AbortSignal;
}

/** How a run ended, and the stage that asks to be rolled back to its last good run. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly rollback?: string;
}

const SUCCEEDED: Outcome = { status: 'succeeded' };

/** Executes the deployed pipeline once, for one commit. */
export class Run {
  constructor(private readonly options: RunOptions) {}

  /**
   * Stages in order. The outcome `superseded` says that the pipeline changed itself: the caller starts the commit
   * again, with the new structure.
   */
  execute(): Promise<RunEnd> {
    return this.guarded(async () => {
      const { progress, store } = this.options;
      const pipeline = await this.structure();
      const state = RunState.fresh(store.runFolder(progress.runId), progress.runId);
      return this.stages(pipeline, state, pipeline.stages);
    });
  }

  /** The run goes on with a stage that failed, and then with those behind it. */
  retry(stageName: string, mode: RetryMode): Promise<RunEnd> {
    return this.guarded(async () => {
      const { progress, store } = this.options;
      const pipeline = await this.structure();
      const from = pipeline.stages.findIndex(({ name }) => name === stageName);
      if (!sameActions(pipeline, progress) || from < 0)
        throw new ReleaseError(
          `stage "${stageName}" cannot be retried: the pipeline has changed since the run`,
        );
      const state = await RunState.load(store.runFolder(progress.runId), progress.runId);
      return this.stages(pipeline, state, pipeline.stages.slice(from), mode);
    });
  }

  /** Runs one stage's actions with the artifacts and variables of an earlier run. */
  rollback(stageName: string, to: string): Promise<RunEnd> {
    return this.guarded(async () => {
      const { progress, store } = this.options;
      const pipeline = await this.structure();
      const stage = pipeline.stages.find(({ name }) => name === stageName);
      if (!stage) throw new ReleaseError(`the pipeline has no stage "${stageName}" any more`);
      const state = await RunState.load(store.runFolder(to), progress.runId);
      return { outcome: asOutcome(await this.stage(pipeline, stage, state).actionsOnly()) };
    });
  }

  private async guarded(work: () => Promise<RunEnd>): Promise<RunEnd> {
    try {
      return await work();
    } catch (error) {
      return { outcome: outcomeOf(error, this.options.signal) };
    }
  }

  private async structure(): Promise<PipelineStructure> {
    const { progress, providers, readStructure } = this.options;
    const pipeline = await readStructure();
    if (!progress.record.pipeline) await progress.structureRead(pipeline);
    checkProviders(pipeline, providers);
    return pipeline;
  }

  private async stages(
    pipeline: PipelineStructure,
    state: RunState,
    stages: readonly PipelineStage[],
    mode?: RetryMode,
  ): Promise<RunEnd> {
    for (const [index, stage] of stages.entries()) {
      const end = await this.stage(pipeline, stage, state).execute(index === 0 ? mode : undefined);
      const outcome = asOutcome(end.outcome);
      if (outcome.status !== 'succeeded') return runEnd(stage, end, outcome);
      const now = await this.options.readStructure();
      if (now.digest !== pipeline.digest)
        return { outcome: { status: 'superseded', reason: `stage "${stage.name}" changed the pipeline` } };
    }
    return { outcome: SUCCEEDED };
  }

  private stage(pipeline: PipelineStructure, stage: PipelineStage, state: RunState): StageRun {
    const { progress, signal } = this.options;
    const actions = new ActionRuns({ ...this.options, state });
    return new StageRun({ pipeline, stage, progress, actions, signal });
  }
}

function runEnd(stage: PipelineStage, end: StageEnd, outcome: Outcome): RunEnd {
  return end.rollback && outcome.status === 'failed' ? { outcome, rollback: stage.name } : { outcome };
}

/** A stage that was skipped is no obstacle. */
function asOutcome(outcome: StageOutcome): Outcome {
  return outcome.status === 'skipped' ? SUCCEEDED : outcome;
}

/** Whether the pipeline has the stages and actions that the run was made of. */
function sameActions(pipeline: PipelineStructure, progress: RunProgress): boolean {
  const names = (stages: readonly { name: string; actions: readonly { name: string }[] }[]) =>
    JSON.stringify(stages.map(({ name, actions }) => [name, actions.map((action) => action.name)]));
  const own = progress.record.stages.filter(({ name }) =>
    pipeline.stages.some((stage) => stage.name === name),
  );
  return names(pipeline.stages) === names(own);
}
