import { ControlClient, commitUnnamed, projectHead, type RunRecord } from '@granary/local';
import { loadManifest, type Manifest, planRollout } from '@granary/manifest';
import { EXIT, type ExitCode, WalkError } from '../cli-error';
import { fileAt } from '../host/git';
import { Host } from '../host/host';
import { MANIFEST_FILE, type Project, readManifest } from '../host/project';
import { failingReads } from '../rehearsal/faults/failing-reads';
import type { RehearsalReport } from '../rehearsal/rehearsal-report';
import { rehearse } from '../rehearsal/rehearse';
import { releaseEngine } from '../rehearsal/release-engine';
import { shortRelease } from '../render/release';
import { PATIENCE } from '../walk/patience';
import { cloudFormationStacks } from '../walk/stacks';
import { dynamoRows } from '../walk/tenant-rows';
import { authorizerSessions } from '../walk/tenant-session';
import { cognitoUsers } from '../walk/users';
import { walk } from '../walk/walk';
import type { Verdict, WalkReport } from '../walk/walk-report';
import type { Phase, StartReporter } from './start-reporter';

export interface StartOptions {
  readonly project: Project;
  /** Releases a fault on purpose after the walk, and stops everything. @default false: stays up until `signal` aborts */
  readonly once?: boolean;
  /** Forgets all state first. @default false */
  readonly fresh?: boolean;
  /** @default the local cloud's usual port */
  readonly port?: number;
  readonly reporter: StartReporter;
  readonly signal: AbortSignal;
}

/**
 * The whole system on this machine: local cloud, release of HEAD, a walk through everything that it serves, and, when
 * nothing stays up, a bad release that its gates must stop.
 *
 * @returns ok when all of it went as it must
 */
export async function start(options: StartOptions): Promise<ExitCode> {
  const { project, reporter, signal, once = false } = options;
  const timed = timer(reporter);
  try {
    await timed('check', () => check(project, reporter));
    const host = await timed('cloud', () => openHost(options));
    const stop = () => void host.close('it was told to stop');
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const verdict = await releaseAndWalk(host, options, timed);
      reporter.verdict(verdict);
      const code = verdict.ok ? EXIT.ok : EXIT.failure;
      if (once || signal.aborted) return code;
      reporter.staying((await host.cloud.status()).branch);
      const end = await host.ended;
      reporter.stopping([end.reason, ...(end.type === 'engine-died' ? end.logTail : [])].join('\n  '));
      return end.type === 'engine-died' ? EXIT.failure : code;
    } finally {
      await host.close('it has ended');
    }
  } finally {
    reporter.close();
  }
}

type Timed = <T>(phase: Phase, work: () => Promise<T>) => Promise<T>;

function timer(reporter: StartReporter): Timed {
  return async (phase, work) => {
    reporter.phaseStarted(phase);
    const started = performance.now();
    try {
      return await work();
    } finally {
      reporter.phaseEnded(phase, Math.round(performance.now() - started));
    }
  };
}

async function check(project: Project, reporter: StartReporter): Promise<void> {
  const manifest = await readManifest(project);
  const plan = planRollout(manifest);
  const { commit, subject, uncommitted } = await projectHead(project.folder);
  const waves = plan.waves
    .filter(({ empty }) => !empty)
    .map(({ name, tenants }) => `${name} (${tenants.length})`);
  reporter.step(`${shortRelease(commit)}  ${subject}`);
  reporter.step(`${plan.pools.length} pools, then the waves ${waves.join(', ')}`);
  if (uncommitted.length > 0)
    reporter.warn(
      `HEAD is what is released: uncommitted changes are not in it (${uncommitted.slice(0, 3).join(', ')}${uncommitted.length > 3 ? ', ...' : ''})`,
    );
  for (const warning of plan.warnings) reporter.warn(warning);
}

async function openHost({ project, reporter, fresh, port, once }: StartOptions): Promise<Host> {
  const host = await Host.open({
    project,
    onEvent: reporter.event,
    onStep: reporter.step,
    // Nobody is there to approve.
    approvals: once ? 'automatic' : 'ask',
    ...(fresh === undefined ? {} : { fresh }),
    ...(port === undefined ? {} : { port }),
  });
  const { endpoint, environments } = await host.cloud.status();
  const accounts = new Set(environments.map(({ account }) => account)).size;
  const regions = new Set(environments.map(({ region }) => region)).size;
  reporter.step(`${endpoint}: ${accounts} accounts, ${regions} regions, git remote "local"`);
  return host;
}

/** Every failure is a verdict: the cloud stays up, so that one can look. */
async function releaseAndWalk(host: Host, options: StartOptions, timed: Timed): Promise<Verdict> {
  try {
    const run = await timed('release', () => release(host, options));
    const { report, manifest } = await timed('walk', () => walkThrough(host, run, options));
    options.reporter.walked(report, manifest, await host.openSites());
    // What stays up stays as its person released it.
    if (!options.once || !report.verdict.ok) return report.verdict;
    const rehearsal = await timed('rehearsal', () => rehearseFault(host, run, { report, manifest }, options));
    options.reporter.rehearsed(rehearsal);
    return rehearsal.verdict;
  } catch (error) {
    return { ok: false, reasons: [(error as Error).message] };
  }
}

async function release(host: Host, { project, reporter }: StartOptions): Promise<RunRecord> {
  const { cloud } = host;
  const control = await ControlClient.connect(project.stateFolder);
  const { commit, queued } = await cloud.push();
  const last = await lastRun(control, commit);
  if (!queued && last?.state.status === 'failed') {
    reporter.step(`the last release of ${shortRelease(commit)} failed; once more`);
    await control.release(commit);
  } else if (!queued && last?.state.status === 'succeeded')
    reporter.step(`${shortRelease(commit)} is released already`);
  await cloud.idle();
  const ended = await lastRun(control, commit);
  if (!ended) throw new WalkError(`${shortRelease(commit)} was not released`);
  const { state } = ended;
  switch (state.status) {
    case 'succeeded':
      return ended;
    case 'failed':
      throw new WalkError(`the release failed: ${state.reason}`);
    case 'interrupted':
    case 'superseded':
      throw new WalkError(`the release did not end: ${state.reason}`);
    default:
      throw new WalkError(`the release of ${shortRelease(commit)} did not end`);
  }
}

/** Of a commit: what was rehearsed since is another. */
async function lastRun(control: ControlClient, commit: string): Promise<RunRecord | undefined> {
  return (await control.runs()).find((run) => run.commit === commit);
}

async function rehearseFault(
  host: Host,
  { commit: parent }: RunRecord,
  { report, manifest }: { readonly report: WalkReport; readonly manifest: Manifest },
  { project }: StartOptions,
): Promise<RehearsalReport> {
  const { cloud } = host;
  const control = await ControlClient.connect(project.stateFolder);
  const { remote } = await cloud.status();
  return rehearse({
    fault: failingReads,
    manifest,
    tenants: report.tenants,
    parent,
    engine: releaseEngine(async () => (await openOperator(host)).operator.api),
    commit: ({ subject, file, change }) =>
      commitUnnamed(remote, { parent, subject, file, change: (text) => change(text, manifest) }),
    inject: (faults) => cloud.engine.injectFaults(faults),
    release: async (commit) => {
      await control.release(commit);
      await cloud.idle();
      const state = (await lastRun(control, commit))?.state;
      return state && 'reason' in state ? state.reason : undefined;
    },
  });
}

async function openOperator(host: Host) {
  const opened = await host.openOperator();
  if (!opened) throw new WalkError('the release deployed no control plane');
  return opened;
}

async function walkThrough(host: Host, run: RunRecord, options: StartOptions) {
  const { reporter, project } = options;
  const { engine } = host.cloud;
  const manifest = loadManifest(await fileAt(project.folder, run.commit, MANIFEST_FILE), MANIFEST_FILE);
  const opened = await openOperator(host);
  const report = await walk({
    manifest,
    release: run.commit,
    ...opened,
    endpoint: engine.endpoint,
    stacks: cloudFormationStacks(engine),
    users: cognitoUsers(engine),
    rows: dynamoRows(engine),
    askAuthorizer: authorizerSessions(engine),
    patience: PATIENCE,
    tell: reporter.step,
  });
  return { report, manifest };
}
