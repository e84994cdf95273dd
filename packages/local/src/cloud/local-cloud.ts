import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pushHead } from '../git/project-head';
import { branchHead, commitSubject } from '../git/remote';
import { Approvals, type PendingApproval } from '../pipeline/approvals';
import { type BuildImage, prepareBuildImage } from '../pipeline/build-image';
import type { RetryMode } from '../pipeline/condition';
import { Jobs } from '../pipeline/jobs';
import { defaultProviders } from '../pipeline/providers';
import type { ApprovalDecision } from '../pipeline/providers/approval';
import { ReleaseQueue } from '../pipeline/release-queue';
import type { EventListener, RunEvent } from '../pipeline/run-event';
import { commitToRelease, type RunRecord, RunStore } from '../pipeline/run-record';
import { SECONDS_PER_BAKE_MINUTE, shortenBakes } from './bake-time';
import { bootstrap } from './bootstrap';
import { type CloudEngine, type EngineEnd, openEngine } from './cloud-engine';
import { CloudLock } from './cloud-file';
import type { CloudEnd, LocalCloudOptions } from './cloud-options';
import type { CloudState, CloudStatus } from './cloud-status';
import { ControlServer } from './control-server';
import { type CloudEnvironments, environmentsOf } from './environments';
import { prepareRemote, readManifest } from './project';
import { quiet } from './quiet';
import { release } from './release';
import { RunSteering } from './run-steering';
import { SourceService } from './source-service';
import { type StateFolder, stateFolder, wipeState } from './state-folder';

const QUIET_MS = 15_000;
/** Runs whose artifacts and build folders stay for a look: tens of megabytes each. */
const KEPT_BUILDS = 3;

interface Parts {
  readonly engine: CloudEngine;
  readonly environments: CloudEnvironments;
  readonly lock: CloudLock;
  readonly store: RunStore;
  readonly image: BuildImage;
}

/** The local cloud: engine, accounts, git remote, releases; one per state folder. */
export class LocalCloud {
  readonly engine: CloudEngine;
  /** Resolves when the cloud has ended: stopped, or its engine died. */
  readonly ended: Promise<CloudEnd>;
  private state: CloudState = 'starting';
  private readonly startedAt = new Date().toISOString();
  private readonly listeners = new Set<EventListener>();
  private readonly queue: ReleaseQueue;
  private readonly approvals: Approvals;
  private readonly control: ControlServer;
  private readonly source: SourceService;
  private readonly steering: RunSteering;
  private finish: (end: CloudEnd) => void = () => undefined;
  private closing: Promise<void> | undefined;

  /**
   * Starts all of it and returns when a push would be released. What an earlier start left unreleased is queued.
   *
   * @throws CloudRunsError when one runs on the state folder already
   * @throws CloudError for a manifest or repository that cannot be released, and what `startEngine` throws
   */
  static async start(options: LocalCloudOptions): Promise<LocalCloud> {
    const folder = stateFolder(resolve(options.stateFolder ?? join(options.projectFolder, '.granary')));
    const environments = environmentsOf(await readManifest(options.projectFolder));
    const lock = await CloudLock.take(folder.root);
    let engine: CloudEngine | undefined;
    try {
      if (options.fresh) await wipeState(folder);
      const store = new RunStore(folder.runs);
      const image = prepareBuildImage(folder.buildImage);
      const remote = prepareRemote(options, folder, environments);
      // Awaited below; a failure of the engine comes first.
      for (const early of [image, remote]) early.catch(() => undefined);
      options.onStep?.('starting the engine');
      const onProgress = options.onStep ?? (() => undefined);
      engine = await (options.startEngine ?? openEngine)({ folder, port: options.port ?? 4566, onProgress });
      const cloud = new LocalCloud(options, folder, {
        engine,
        environments,
        lock,
        store,
        image: await image,
      });
      await remote;
      await cloud.open();
      return cloud;
    } catch (error) {
      await engine?.stop().catch(() => undefined);
      await lock.release();
      throw error;
    }
  }

  private constructor(
    private readonly options: LocalCloudOptions,
    readonly folder: StateFolder,
    private readonly parts: Parts,
  ) {
    const { engine, store, image } = parts;
    this.engine = engine;
    this.ended = new Promise((done) => {
      this.finish = done;
    });
    if (options.onEvent) this.listeners.add(options.onEvent);
    this.approvals = new Approvals(this.publish, options.approvals === 'automatic');
    const { remote, workspace } = folder;
    const jobs = new Jobs();
    const providers = defaultProviders({
      source: { remote, workspace },
      build: {
        image,
        workspace,
        parallelBuilds: options.parallelBuilds ?? Math.max(2, availableParallelism()),
      },
      approvals: this.approvals.gate,
      jobs,
      minuteMs: SECONDS_PER_BAKE_MINUTE * 1000,
    });
    const cdkFolder = options.cdkFolder ?? 'pipelines';
    const releasing = { cloud: engine, store, providers, image, remote, workspace, cdkFolder };
    this.queue = new ReleaseQueue({
      store,
      onEvent: this.publish,
      subjectOf: (commit) => commitSubject(remote, commit),
      execute: (progress, signal, work) => release(releasing, progress, signal, work),
      afterRun: () => Promise.all([this.checkpoint(), store.prune(KEPT_BUILDS)]),
    });
    const { environments } = parts;
    this.steering = new RunSteering({
      ...{ engine, environments, remote, store, jobs },
      ...{ queue: this.queue, approvals: this.approvals },
    });
    this.source = new SourceService({
      cloud: engine,
      environments,
      remote,
      release: (commit) => this.queue.push(commit),
    });
    this.control = new ControlServer({
      runs: () => store.list(),
      retry: (run, stage, mode) => this.retry(stage, mode, run),
      decide: (action, decision) => this.decide(action, decision),
      injectFaults: (faults) => engine.injectFaults(faults),
      sentMails: () => engine.sentMails(),
      status: () => this.status(),
      release: (commit) => this.queue.push(commit),
      requestStop: () => void this.stop('it was told to stop'),
      subscribe: (listener) => this.subscribe(listener),
    });
    void engine.ended.then((end) => this.engineDied(end));
  }

  /** @returns ends the subscription */
  subscribe(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async status(): Promise<CloudStatus> {
    const { environments, engine, store } = this.parts;
    const runs = await store.list();
    return {
      state: this.state,
      pid: process.pid,
      startedAt: this.startedAt,
      endpoint: engine.endpoint,
      application: environments.application,
      branch: environments.branch,
      remote: this.folder.remote,
      environments: environments.all,
      running: this.queue.current,
      queued: this.queue.queued,
      last: runs.find((run) => run.endedAt !== undefined),
      approvals: this.approvals.pending(),
    };
  }

  /**
   * Releases the project's HEAD, as `git push local HEAD:<branch>` does.
   *
   * @returns the commit, and whether a release of it was queued: not when it was released before
   */
  async push(): Promise<{ readonly commit: string; readonly queued: boolean }> {
    const { remote } = this.folder;
    const { branch } = this.parts.environments;
    const before = await branchHead(remote, branch);
    const commit = await pushHead(this.options.projectFolder, remote, branch);
    if (commit !== before) return { commit, queued: true };
    const open = [this.queue.current, this.queue.queued].some((run) => run?.commit === commit);
    if (open || !commitToRelease(commit, await this.parts.store.list())) return { commit, queued: false };
    await this.queue.push(commit);
    return { commit, queued: true };
  }

  /** Answers an approval that waits. @throws ReleaseError when none fits */
  decide(action: string | undefined, decision: ApprovalDecision): PendingApproval {
    return this.approvals.decide(action, decision);
  }

  /**
   * Runs a failed stage again, and then those behind it, as CodePipeline's RetryStageExecution.
   *
   * @param runId @default the newest run in which that stage failed
   * @throws ReleaseError when the stage has not failed, the pipeline has changed, or a newer release took over
   */
  retry(stage: string, mode: RetryMode, runId?: string): Promise<RunRecord> {
    return this.steering.retry(stage, mode, runId);
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    return this.queue.idle();
  }

  /** Ends the run under way as interrupted, keeps the engine's state and stops everything. Safe to call twice. */
  stop(reason: string): Promise<void> {
    this.closing ??= this.close(reason);
    return this.closing;
  }

  private async close(reason: string): Promise<void> {
    this.state = 'stopping';
    const { engine, lock } = this.parts;
    await this.queue.close(reason);
    await this.steering.close();
    // A stop that would save half of a stack's operation ends the engine as it was after the last run.
    if (await this.checkpoint().catch(() => false)) await engine.stop();
    else await engine.kill();
    await Promise.all([this.control.close(), this.source.close()]);
    await lock.release();
    this.finish({ type: 'stopped', reason });
  }

  private async open(): Promise<void> {
    const { engine, environments, lock, store } = this.parts;
    const { branch, all } = environments;
    const left = await store.markInterrupted('the local cloud was killed');
    this.options.onStep?.(
      `bootstrapping ${all.map(({ account, region }) => `${account}/${region}`).join(', ')}`,
    );
    const fresh = await bootstrap(engine, all, new AbortController().signal);
    await shortenBakes(engine, environments);
    await this.source.start();
    if (fresh.length > 0) await this.checkpoint();
    await lock.publish({
      endpoint: engine.endpoint,
      control: { port: await this.control.listen(), token: this.control.token },
    });
    this.state = 'ready';
    const commit = commitToRelease(await branchHead(this.folder.remote, branch), [
      ...left,
      ...(await store.list()),
    ]);
    if (commit) await this.queue.push(commit);
  }

  /** @returns false when a stack operation goes on and nothing was saved */
  private async checkpoint(): Promise<boolean> {
    const { engine, environments } = this.parts;
    if (!(await quiet(engine, environments.all, QUIET_MS))) return false;
    await engine.checkpoint();
    return true;
  }

  private async engineDied(end: EngineEnd): Promise<void> {
    if (this.closing) return;
    this.state = 'stopping';
    const reason = `the engine ended (${end.reason})`;
    this.closing = (async () => {
      await this.steering.close();
      await this.queue.close([reason, ...end.logTail].join('\n'));
      await Promise.all([this.control.close(), this.source.close()]);
      await this.parts.lock.release();
      this.finish({ type: 'engine-died', ...end });
    })();
    await this.closing;
  }

  private readonly publish = (event: RunEvent): void => {
    for (const listener of [...this.listeners]) listener(event);
  };
}
