import { randomUUID } from 'node:crypto';
import { messageOf, ReleaseError } from './errors';
import type { EventListener, Outcome } from './run-event';
import { RunProgress } from './run-progress';
import type { RunRecord, RunStore } from './run-record';

/** Executes one run whose record and events `progress` keeps. */
export type ExecuteRun = (progress: RunProgress, signal: AbortSignal) => Promise<Outcome>;

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
}

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
    const entry: Entry = { record: await this.newRecord(commit), restarts: 0 };
    const replaced = this.next;
    this.next = entry;
    const reason = `commit ${commit.slice(0, 8)} was pushed after it`;
    if (replaced) await this.progressOf(replaced).runEnded({ status: 'superseded', reason });
    this.progressOf(entry).emit({ type: 'run-queued', runId: entry.record.id, commit });
    this.startNext();
    return entry.record;
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
      const outcome = await this.options.execute(progress, signal);
      await this.end(entry, progress, outcome);
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
      const record = await this.newRecord(entry.record.commit, entry.record.id);
      this.next = { record, restarts: entry.restarts + 1 };
      progress.emit({ type: 'pipeline-mutated', runId: entry.record.id, next: record.id });
    }
    await progress.runEnded(outcome);
  }

  private async newRecord(commit: string, restartOf?: string): Promise<RunRecord> {
    const record: RunRecord = {
      id: randomUUID(),
      commit,
      subject: await this.options.subjectOf(commit),
      pipeline: '',
      queuedAt: new Date().toISOString(),
      state: { status: 'pending' },
      stages: [],
      ...(restartOf ? { restartOf } : {}),
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
