import { randomUUID } from 'node:crypto';
import type { RetryMode } from './condition';
import { messageOf, ReleaseError } from './errors';
import type { RunEnd } from './run';
import type { EventListener, Outcome } from './run-event';
import { RunProgress } from './run-progress';
import type { RunRecord, RunStore } from './run-record';

/** What a run does: the whole pipeline, a failed stage and those behind it, or one stage's return to an earlier run. */
export type RunWork =
  | { readonly type: 'release' }
  | { readonly type: 'retry'; readonly stage: string; readonly mode: RetryMode }
  | { readonly type: 'rollback'; readonly stage: string; readonly to: string };

/** Executes one run whose record and events `progress` keeps. */
export type ExecuteRun = (progress: RunProgress, signal: AbortSignal, work: RunWork) => Promise<RunEnd>;

export interface ReleaseQueueOptions {
  readonly store: RunStore;
  readonly execute: ExecuteRun;
  readonly onEvent: EventListener;
  /** First line of a commit's message. */
  readonly subjectOf: (commit: string) => Promise<string>;
  /** Called after each run, before the next one starts: the engine's checkpoint. */
  readonly afterRun: (record: RunRecord) => Promise<unknown>;
  /** Restarts by self-mutation of one commit. @default 3 */
  readonly maximalRestarts?: number;
}

interface Entry {
  readonly record: RunRecord;
  readonly restarts: number;
  readonly work: RunWork;
}

const RELEASE: RunWork = { type: 'release' };

/** One run at a time; a push while one runs waits, and takes the place of one that has not started. */
export class ReleaseQueue {
  private running:
    | { readonly entry: Entry; readonly abort: AbortController; readonly done: Promise<void> }
    | undefined;
  private next: Entry | undefined;
  private closed = false;
  private idleWaiters: (() => void)[] = [];

  constructor(private readonly options: ReleaseQueueOptions) {}

  get current(): RunRecord | undefined {
    return this.running?.entry.record;
  }

  get queued(): RunRecord | undefined {
    return this.next?.record;
  }

  /** Queues a release of `commit`. @returns its record @throws ReleaseError once the queue is closed */
  async push(commit: string): Promise<RunRecord> {
    if (this.closed)
      throw new ReleaseError('the local cloud is stopping: the next start releases this commit');
    const entry: Entry = { record: await this.newRecord(commit), restarts: 0, work: RELEASE };
    const replaced = this.next;
    this.next = entry;
    const reason = `commit ${commit.slice(0, 8)} was pushed after it`;
    if (replaced) await this.progressOf(replaced).runEnded({ status: 'superseded', reason });
    this.progressOf(entry).emit({ type: 'run-queued', runId: entry.record.id, commit });
    this.startNext();
    return entry.record;
  }

  /**
   * Runs a failed stage of a run again, and then those behind it, as the same run.
   *
   * @throws ReleaseError when the stage has not failed, a newer run has entered it, or another release waits
   */
  async retry(runId: string, stage: string, mode: RetryMode): Promise<RunRecord> {
    if (this.closed) throw new ReleaseError('the local cloud is stopping');
    if (this.next)
      throw new ReleaseError(`commit ${this.next.record.commit.slice(0, 8)} waits for its release`);
    const record = retryable(await this.options.store.list(), runId, stage);
    const entry: Entry = { record, restarts: 0, work: { type: 'retry', stage, mode } };
    record.state = { status: 'pending' };
    delete record.endedAt;
    this.next = entry;
    this.progressOf(entry).emit({ type: 'stage-retried', runId, stage, commit: record.commit, mode });
    this.startNext();
    return record;
  }

  /** Stops the run under way. @throws ReleaseError when `runId` is not it */
  async stop(runId: string, reason: string): Promise<void> {
    const { running } = this;
    if (running?.entry.record.id !== runId) throw new ReleaseError(`run ${runId} is not under way`);
    running.abort.abort(new ReleaseError(reason));
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    if (!this.running && !this.next) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  /** Takes no more pushes, stops the run under way and waits for its end. What waits stays queued on disk. */
  async close(reason: string): Promise<void> {
    this.closed = true;
    this.running?.abort.abort(new ReleaseError(reason));
    await this.running?.done;
    if (this.next) await this.progressOf(this.next).runEnded({ status: 'interrupted', reason });
    this.next = undefined;
    this.settleIdle();
  }

  private startNext(): void {
    const entry = this.next;
    if (this.running || !entry || this.closed) return;
    this.next = undefined;
    const abort = new AbortController();
    // Set before the first step of the run, so that a push in the same turn waits.
    const done = Promise.resolve().then(() => this.perform(entry, abort.signal));
    this.running = { entry, abort, done };
  }

  private async perform(entry: Entry, signal: AbortSignal): Promise<void> {
    const progress = this.progressOf(entry);
    try {
      await progress.runStarted(entry.record.subject);
      const { outcome, rollback } = await this.options.execute(progress, signal, entry.work);
      await this.end(entry, progress, outcome);
      if (rollback) await this.rollBack(entry, progress, rollback);
    } catch (error) {
      const outcome: Outcome = { status: 'failed', reason: messageOf(error), details: [] };
      await progress.runEnded(outcome).catch(() => undefined);
    }
    await this.options.afterRun(entry.record).catch(() => undefined);
    this.running = undefined;
    this.startNext();
    if (!this.running) this.settleIdle();
  }

  private async end(entry: Entry, progress: RunProgress, outcome: Outcome): Promise<void> {
    if (outcome.status !== 'superseded') return progress.runEnded(outcome);
    const limit = this.options.maximalRestarts ?? 3;
    if (entry.restarts >= limit) {
      const reason = `the pipeline changed itself ${limit + 1} times for one commit; its synthesis is not stable`;
      return progress.runEnded({ status: 'failed', reason, details: [] });
    }
    if (!this.next && !this.closed) {
      const record = await this.newRecord(entry.record.commit, { restartOf: entry.record.id });
      this.next = { record, restarts: entry.restarts + 1, work: RELEASE };
      progress.emit({ type: 'pipeline-mutated', runId: entry.record.id, next: record.id });
    }
    await progress.runEnded(outcome);
  }

  /** Queues the stage's return to its last good run, unless a newer release is about to change it anyway. */
  private async rollBack(entry: Entry, progress: RunProgress, stage: string): Promise<void> {
    const { id } = entry.record;
    const target = (await this.options.store.list()).find((run) => run.id !== id && passed(run, stage));
    if (!target || this.next || this.closed) return;
    const work: RunWork = { type: 'rollback', stage, to: target.id };
    const record = await this.newRecord(target.commit, { rollback: { stage, to: target.id } });
    this.next = { record, restarts: 0, work };
    progress.emit({ type: 'stage-rolled-back', runId: id, stage, to: target.id, next: record.id });
  }

  private async newRecord(
    commit: string,
    origin: Pick<RunRecord, 'restartOf' | 'rollback'> = {},
  ): Promise<RunRecord> {
    const record: RunRecord = {
      id: randomUUID(),
      commit,
      subject: await this.options.subjectOf(commit),
      pipeline: '',
      queuedAt: new Date().toISOString(),
      state: { status: 'pending' },
      stages: [],
      ...origin,
    };
    await this.options.store.save(record);
    return record;
  }

  private progressOf(entry: Entry): RunProgress {
    return new RunProgress({
      record: entry.record,
      store: this.options.store,
      onEvent: this.options.onEvent,
    });
  }

  private settleIdle(): void {
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }
}

/** The run's record. @throws ReleaseError */
function retryable(runs: readonly RunRecord[], runId: string, stage: string): RunRecord {
  const run = runs.find(({ id }) => id === runId);
  if (!run) throw new ReleaseError(`there is no run ${runId}`);
  const found = run.stages.find(({ name }) => name === stage);
  if (found?.state.status !== 'failed')
    throw new ReleaseError(
      `stage "${stage}" of run ${runId} has not failed, it is ${found?.state.status ?? 'no stage of it'}`,
    );
  const newer = runs.find((other) => other.queuedAt > run.queuedAt && enters(other, stage));
  if (newer) throw new ReleaseError(`run ${newer.id} has entered stage "${stage}" since`);
  return run;
}

function enters(run: RunRecord, stage: string): boolean {
  return run.stages.some(({ name, state }) => name === stage && state.status !== 'pending');
}

function passed(run: RunRecord, stage: string): boolean {
  return run.stages.some(({ name, state }) => name === stage && state.status === 'succeeded');
}
