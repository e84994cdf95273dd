import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConditionKind, ConditionResult } from './condition';
import type { Outcome, StageOutcome } from './run-event';

export type Progress = { readonly status: 'pending' } | { readonly status: 'running' } | Outcome;

export interface ActionRecord {
  readonly name: string;
  readonly provider: string;
  state: Progress;
  startedAt?: string;
  endedAt?: string;
  summary?: string;
}

/** A condition that was checked. */
export interface ConditionRecord {
  readonly kind: ConditionKind;
  readonly result: ConditionResult;
  /** Its rules, as actions are kept. */
  readonly rules: ActionRecord[];
  state: Progress;
  startedAt?: string;
  endedAt?: string;
}

export interface StageRecord {
  readonly name: string;
  readonly actions: ActionRecord[];
  /** Conditions checked so far, in the order of checking; those of the last attempt when the stage was retried. */
  conditions?: ConditionRecord[];
  state: Progress | StageOutcome;
  startedAt?: string;
  endedAt?: string;
}

/** `run.json`: one release of one commit. */
export interface RunRecord {
  /** CodePipeline's execution id. */
  readonly id: string;
  readonly commit: string;
  subject: string;
  pipeline: string;
  /** Run that this one restarts after self-mutation. */
  readonly restartOf?: string;
  /** This run brings one stage back to what an earlier run made of it. */
  readonly rollback?: { readonly stage: string; readonly to: string };
  readonly queuedAt: string;
  startedAt?: string;
  endedAt?: string;
  state: Progress;
  stages: StageRecord[];
}

/** Runs on disk: `<folder>/<execution id>/run.json` and `logs/`. */
export class RunStore {
  private writing: Promise<void> = Promise.resolve();

  constructor(readonly folder: string) {}

  runFolder(id: string): string {
    return join(this.folder, id);
  }

  logFile(id: string, stage: string, action: string): string {
    return join(this.runFolder(id), 'logs', `${stage}.${action}.log`.replace(/[^\w.-]/g, '_'));
  }

  /** Writes `run.json` as a whole or not at all; writes keep their order. */
  save(record: RunRecord): Promise<void> {
    const text = `${JSON.stringify(record, null, 2)}\n`;
    const target = join(this.runFolder(record.id), 'run.json');
    const write = async () => {
      await mkdir(join(this.runFolder(record.id), 'logs'), { recursive: true });
      await writeFile(`${target}.new`, text);
      await rename(`${target}.new`, target);
    };
    this.writing = this.writing.then(write, write);
    return this.writing;
  }

  /** All runs, newest first. A folder whose `run.json` never got written counts for nothing. */
  async list(): Promise<RunRecord[]> {
    const names = await readdir(this.folder).catch(() => []);
    const records = await Promise.all(names.map((name) => this.read(name)));
    const found = records.filter((record) => record !== undefined);
    return found.sort((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1));
  }

  async read(id: string): Promise<RunRecord | undefined> {
    try {
      return JSON.parse(await readFile(join(this.runFolder(id), 'run.json'), 'utf8')) as RunRecord;
    } catch {
      return undefined;
    }
  }

  /** Deletes artifacts, their list and build folders of all but the newest `keep` runs; their records and logs stay. */
  async prune(keep: number): Promise<void> {
    const old = (await this.list()).slice(keep);
    const heavy = old.flatMap(({ id }) =>
      ['artifacts', 'builds', 'state.json'].map((name) => join(this.runFolder(id), name)),
    );
    await Promise.all(heavy.map((folder) => rm(folder, { recursive: true, force: true })));
  }

  /** Marks what a killed process left open. @returns the runs that it marked, newest first */
  async markInterrupted(reason: string): Promise<RunRecord[]> {
    const open = (await this.list()).filter((record) => isOpen(record.state));
    for (const record of open) {
      const outcome: Outcome = { status: 'interrupted', reason };
      record.state = outcome;
      record.endedAt = new Date().toISOString();
      for (const stage of record.stages) {
        if (stage.state.status === 'running') stage.state = outcome;
        const checked = (stage.conditions ?? []).flatMap((condition) => [condition, ...condition.rules]);
        for (const one of checked) if (one.state.status === 'running') one.state = outcome;
        for (const action of stage.actions) if (action.state.status === 'running') action.state = outcome;
      }
      await this.save(record);
    }
    return open;
  }
}

export function isOpen(state: Progress | StageOutcome): boolean {
  return state.status === 'pending' || state.status === 'running';
}

/**
 * The commit that the next start has to release, if any.
 *
 * @param head the release branch's commit in the remote
 * @param runs newest first
 */
export function commitToRelease(head: string | undefined, runs: readonly RunRecord[]): string | undefined {
  if (!head) return undefined;
  const last = runs.find((run) => run.commit === head);
  // A failed release stays failed: the same commit would fail again. Everything unfinished is carried on.
  if (last && (last.state.status === 'succeeded' || last.state.status === 'failed')) return undefined;
  return head;
}
