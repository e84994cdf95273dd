import type { EventBody, EventListener, Outcome, RunEvent } from './run-event';
import type { ActionRecord, RunRecord, RunStore, StageRecord } from './run-record';
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

  async stageEnded(stage: string, outcome: Outcome): Promise<void> {
    Object.assign(this.stage(stage), { state: outcome, endedAt: this.time() });
    this.emit({ type: 'stage-ended', runId: this.runId, stage, outcome });
    await this.save();
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
