import type { ActionRuns, Performed } from './action-run';
import type { ConditionKind, ConditionResult, RetryMode } from './condition';
import type { Outcome, StageOutcome } from './run-event';
import type { RunProgress } from './run-progress';
import type { ActionRecord } from './run-record';
import { actionGroups, type PipelineAction, type PipelineStage, type PipelineStructure } from './structure';

export interface StageRunOptions {
  readonly pipeline: PipelineStructure;
  readonly stage: PipelineStage;
  readonly progress: RunProgress;
  readonly actions: ActionRuns;
  readonly signal: AbortSignal;
}

/** How a stage ended, and whether it asks to be rolled back. */
export interface StageEnd {
  readonly outcome: StageOutcome;
  readonly rollback: boolean;
}

const SUCCEEDED: Outcome = { status: 'succeeded' };

interface Checked {
  readonly outcome: Outcome;
  /** What follows; only of a condition that does not hold. */
  readonly result?: ConditionResult;
}

/** One stage of a run: entry condition, actions, condition on success or failure. */
export class StageRun {
  constructor(private readonly options: StageRunOptions) {}

  /** @param again runs a stage that failed once more @default the stage runs for the first time */
  async execute(again?: RetryMode): Promise<StageEnd> {
    const { stage, progress } = this.options;
    if (again) await progress.stageAgain(stage.name, runsAgain(again));
    await progress.stageStarted(stage.name);
    const end = await this.perform();
    await progress.stageEnded(stage.name, end.outcome);
    return end;
  }

  /** The actions alone, as a rollback runs them. */
  async actionsOnly(): Promise<StageOutcome> {
    const { stage, progress } = this.options;
    await progress.stageStarted(stage.name);
    const outcome = await this.actions();
    await progress.stageEnded(stage.name, outcome);
    return outcome;
  }

  private async perform(): Promise<StageEnd> {
    const { stage, progress } = this.options;
    const entry = await this.check('BeforeEntry');
    if (entry.outcome.status === 'failed' && entry.result === 'SKIP')
      return { outcome: { status: 'skipped', reason: entry.outcome.reason }, rollback: false };
    if (entry.outcome.status !== 'succeeded') return { outcome: entry.outcome, rollback: false };
    let outcome = await this.actions();
    if (outcome.status === 'failed' && stage.conditions.failureResult === 'RETRY') {
      await progress.stageAgain(stage.name, runsAgain(stage.conditions.retryMode));
      outcome = await this.actions();
    }
    if (outcome.status === 'succeeded') {
      const success = await this.check('OnSuccess');
      return { outcome: success.outcome, rollback: success.result === 'ROLLBACK' };
    }
    if (outcome.status !== 'failed') return { outcome, rollback: false };
    const failure = await this.check('OnFailure');
    const asked = failure.result ?? stage.conditions.failureResult;
    return { outcome: withReason(outcome, failure.outcome), rollback: asked === 'ROLLBACK' };
  }

  private async actions(): Promise<Outcome> {
    for (const group of actionGroups(this.options.stage)) {
      // As on AWS, the others of a group finish when one fails.
      const outcomes = await Promise.all(group.map((action) => this.action(action)));
      const bad = outcomes.find((one) => one.status === 'interrupted') ?? outcomes.find(isBad);
      if (bad) return bad;
    }
    return SUCCEEDED;
  }

  private async action(action: PipelineAction): Promise<Outcome> {
    const { pipeline, stage, progress, actions, signal } = this.options;
    // A retry leaves what has succeeded.
    if (progress.actionRecord(stage.name, action.name).state.status === 'succeeded') return SUCCEEDED;
    if (signal.aborted) return { status: 'interrupted', reason: 'the run was stopped' };
    await progress.actionStarted(stage.name, action.name);
    const { outcome, summary } = await actions.perform(pipeline, stage, action);
    await progress.actionEnded(stage.name, action.name, outcome, summary);
    return outcome;
  }

  /** Checks the conditions of one kind, in order, until one does not hold. */
  private async check(kind: ConditionKind): Promise<Checked> {
    const { stage, progress } = this.options;
    for (const condition of stage.conditions[kind]) {
      const record = await progress.conditionStarted(stage.name, kind, condition);
      const performed = await Promise.all(
        condition.rules.map(async (rule, index): Promise<Performed> => {
          const done = await this.rule(kind, rule);
          await progress.ruleEnded(record.rules[index] as ActionRecord, done.outcome, done.summary);
          return done;
        }),
      );
      const outcomes = performed.map(({ outcome }) => outcome);
      const bad = outcomes.find((one) => one.status === 'interrupted') ?? outcomes.find(isBad);
      await progress.conditionEnded(stage.name, record, bad ?? SUCCEEDED);
      if (bad) return { outcome: bad, ...(bad.status === 'failed' ? { result: condition.result } : {}) };
    }
    return { outcome: SUCCEEDED };
  }

  private rule(kind: ConditionKind, rule: PipelineAction): Promise<Performed> {
    const { pipeline, stage, actions } = this.options;
    return actions.perform(pipeline, stage, rule, `${kind}.${rule.name}`);
  }
}

function runsAgain(mode: RetryMode): (action: ActionRecord) => boolean {
  return mode === 'ALL_ACTIONS' ? () => true : (action) => action.state.status !== 'succeeded';
}

function isBad(outcome: Outcome): boolean {
  return outcome.status !== 'succeeded';
}

/** The stage failed by its action: what the failure's own condition says is a detail of that. */
function withReason(outcome: Outcome, condition: Outcome): Outcome {
  if (condition.status === 'interrupted') return condition;
  if (outcome.status !== 'failed' || condition.status !== 'failed') return outcome;
  return { ...outcome, details: [...outcome.details, condition.reason] };
}
