import { branchHead } from '../git/remote';
import type { Approvals } from '../pipeline/approvals';
import type { RetryMode } from '../pipeline/condition';
import { ReleaseError } from '../pipeline/errors';
import { jobOperations } from '../pipeline/job-operations';
import type { Jobs } from '../pipeline/jobs';
import { PipelineCalls } from '../pipeline/pipeline-calls';
import type { ReleaseQueue } from '../pipeline/release-queue';
import { runOperations } from '../pipeline/run-operations';
import type { RunRecord, RunStore } from '../pipeline/run-record';
import type { CloudEngine } from './cloud-engine';
import type { CloudEnvironments } from './environments';
import { findPipeline } from './first-deployment';

export interface RunSteeringOptions {
  readonly engine: CloudEngine;
  readonly environments: CloudEnvironments;
  /** Path of the bare remote. */
  readonly remote: string;
  readonly store: RunStore;
  readonly queue: ReleaseQueue;
  readonly approvals: Approvals;
  readonly jobs: Jobs;
}

/** Steers runs: retries for whoever holds the cloud, and all that CodePipeline's API can ask. */
export class RunSteering {
  private readonly calls: PipelineCalls;

  constructor(private readonly options: RunSteeringOptions) {
    const { engine, environments, store, queue, approvals, jobs } = options;
    this.calls = new PipelineCalls(engine, {
      ...jobOperations(jobs),
      ...runOperations({
        pipeline: () => findPipeline(engine, environments, new AbortController().signal),
        runs: () => store.list(),
        approvals: () => approvals.pending(),
        release: () => this.releaseHead(),
        retry: (run, stage, mode) => queue.retry(run, stage, mode),
        stopRun: (runId, reason) => queue.stop(runId, reason),
        decide: (action, decision) => approvals.decide(action, decision),
      }),
    });
  }

  /** @param runId the newest run in which that stage failed unless given @throws ReleaseError */
  async retry(stage: string, mode: RetryMode, runId?: string): Promise<RunRecord> {
    const { store, queue } = this.options;
    const failed = (run: RunRecord) =>
      run.stages.some(({ name, state }) => name === stage && state.status === 'failed');
    const id = runId ?? (await store.list()).find(failed)?.id;
    if (!id) throw new ReleaseError(`no run has failed in stage "${stage}"`);
    return queue.retry(id, stage, mode);
  }

  close(): Promise<void> {
    return this.calls.close();
  }

  private async releaseHead(): Promise<RunRecord> {
    const { remote, environments, queue } = this.options;
    const commit = await branchHead(remote, environments.branch);
    if (!commit) throw new ReleaseError(`nothing was pushed to "${environments.branch}" yet`);
    return queue.push(commit);
  }
}
