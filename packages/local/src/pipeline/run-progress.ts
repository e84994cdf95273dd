import type { ConditionKind, StageCondition } from './condition';
import type { EventBody, EventListener, Outcome, RunEvent, StageOutcome } from './run-event';
import type { ActionRecord, ConditionRecord, RunRecord, RunStore, StageRecord } from './run-record';
import type { PipelineStage, PipelineStructure } from './structure';

export interface ProgressOptions {
  readonly record: RunRecord;
  readonly store: RunStore;
  readonly onEvent: EventListener;
  /** @default Date.now */
  readonly now?: () => number;
}

/** Keeps a run's record and its events in step: each transition is one event and one atomic write. */
export class RunProgress {
  readonly record: RunRecord;
  private readonly now: () => number;

  constructor(private readonly options: ProgressOptions) {
    this.record = options.record;
    this.now = options.now ?? Date.now;
  }

  get runId(): string {
    return this.record.id;
  }

  async runStarted(subject: string): Promise<void> {
    Object.assign(this.record, { subject, startedAt: this.time(), state: { status: 'running' } });
    await this.save();
  }

  /** The structure to execute is known: announces it. */
  async structureRead(pipeline: PipelineStructure): Promise<void> {
    const { record } = this;
    record.pipeline = pipeline.name;
    record.stages.push(...pipeline.stages.map(pendingStage));
    await this.save();
    this.emit({
      type: 'run-started',
      runId: record.id,
      commit: record.commit,
      subject: record.subject,
      pipeline: pipeline.name,
      stages: record.stages.map(({ name, actions }) => ({
        name,
        actions: actions.map((action) => action.name),
      })),
    });
  }

  /** A stage that is not the pipeline's own: its first deployment. */
  addStage(stage: StageRecord): void {
    this.record.stages.push(stage);
  }

  async stageStarted(stage: string): Promise<void> {
    Object.assign(this.stage(stage), { state: { status: 'running' }, startedAt: this.time() });
    this.emit({ type: 'stage-started', runId: this.runId, stage });
    await this.save();
  }

  async stageEnded(stage: string, outcome: StageOutcome): Promise<void> {
    Object.assign(this.stage(stage), { state: outcome, endedAt: this.time() });
    this.emit({ type: 'stage-ended', runId: this.runId, stage, outcome });
    await this.save();
  }

  /** @returns the condition's record, to be ended with it */
  async conditionStarted(
    stage: string,
    kind: ConditionKind,
    condition: StageCondition,
  ): Promise<ConditionRecord> {
    const startedAt = this.time();
    const running = { state: { status: 'running' } as const, startedAt };
    const rules = condition.rules.map(({ name, provider }) => ({ name, provider, ...running }));
    const record: ConditionRecord = { kind, result: condition.result, rules, ...running };
    const of = this.stage(stage);
    of.conditions = [...(of.conditions ?? []), record];
    const names = rules.map(({ name }) => name);
    this.emit({ type: 'condition-started', runId: this.runId, stage, condition: kind, rules: names });
    await this.save();
    return record;
  }

  ruleEnded(rule: ActionRecord, outcome: Outcome, summary?: string): Promise<void> {
    Object.assign(rule, { state: outcome, endedAt: this.time(), ...(summary ? { summary } : {}) });
    return this.save();
  }

  async conditionEnded(stage: string, record: ConditionRecord, outcome: Outcome): Promise<void> {
    const endedAt = this.time();
    Object.assign(record, { state: outcome, endedAt });
    const milliseconds = elapsed(record.startedAt, endedAt);
    const { kind, result } = record;
    const of = { runId: this.runId, stage, condition: kind };
    this.emit({ type: 'condition-ended', ...of, outcome, result, milliseconds });
    await this.save();
  }

  /** A stage begins once more: what runs again is pending, what stays keeps its state. */
  async stageAgain(stage: string, again: (action: ActionRecord) => boolean): Promise<void> {
    const record = this.stage(stage);
    record.conditions = [];
    for (const action of record.actions.filter(again)) {
      action.state = { status: 'pending' };
      delete action.summary;
    }
    await this.save();
  }

  /** How an action of the run stands. */
  actionRecord(stage: string, action: string): ActionRecord {
    return this.action(stage, action);
  }

  async actionStarted(stage: string, action: string): Promise<void> {
    const record = this.action(stage, action);
    Object.assign(record, { state: { status: 'running' }, startedAt: this.time() });
    this.emit({ type: 'action-started', runId: this.runId, stage, action, provider: record.provider });
    await this.save();
  }

  async actionEnded(stage: string, action: string, outcome: Outcome, summary?: string): Promise<void> {
    const record = this.action(stage, action);
    const endedAt = this.time();
    Object.assign(record, { state: outcome, endedAt, ...(summary === undefined ? {} : { summary }) });
    this.emit({
      type: 'action-ended',
      runId: this.runId,
      stage,
      action,
      outcome,
      milliseconds: elapsed(record.startedAt, endedAt),
      ...(summary === undefined ? {} : { summary }),
    });
    await this.save();
  }

  async runEnded(outcome: Outcome): Promise<void> {
    const { record } = this;
    Object.assign(record, { state: outcome, endedAt: this.time() });
    await this.save();
    this.emit({
      type: 'run-ended',
      runId: record.id,
      commit: record.commit,
      outcome,
      milliseconds: elapsed(record.startedAt ?? record.queuedAt, record.endedAt),
    });
  }

  emit(event: EventBody): void {
    this.options.onEvent({ ...event, at: this.time() } as RunEvent);
  }

  private save(): Promise<void> {
    return this.options.store.save(this.record);
  }

  private time(): string {
    return new Date(this.now()).toISOString();
  }

  private stage(name: string): StageRecord {
    const found = this.record.stages.find((stage) => stage.name === name);
    if (!found) throw new Error(`run ${this.runId} has no stage "${name}"`);
    return found;
  }

  private action(stage: string, name: string): ActionRecord {
    const found = this.stage(stage).actions.find((action) => action.name === name);
    if (!found) throw new Error(`run ${this.runId} has no action "${stage}.${name}"`);
    return found;
  }
}

function pendingStage(stage: PipelineStage): StageRecord {
  return {
    name: stage.name,
    state: { status: 'pending' },
    actions: stage.actions.map(({ name, provider }) => ({ name, provider, state: { status: 'pending' } })),
  };
}

function elapsed(from: string | undefined, to: string | undefined): number {
  return from && to ? Date.parse(to) - Date.parse(from) : 0;
}
