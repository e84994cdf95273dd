import { ControlClient, projectHead, type RunRecord } from '@granary/local';
import { loadManifest, planRollout } from '@granary/manifest';
import { EXIT, type ExitCode, WalkError } from '../cli-error';
import { fileAt } from '../host/git';
import { Host } from '../host/host';
import { MANIFEST_FILE, type Project, readManifest } from '../host/project';
import { shortRelease } from '../render/release';
import { PATIENCE } from '../walk/patience';
import { cloudFormationStacks } from '../walk/stacks';
import { dynamoRows } from '../walk/tenant-rows';
import { authorizerSessions } from '../walk/tenant-session';
import { cognitoUsers } from '../walk/users';
import { walk } from '../walk/walk';
import type { Verdict } from '../walk/walk-report';
import type { Phase, StartReporter } from './start-reporter';

export interface StartOptions {
  readonly project: Project;
  /** Stops everything after the walk. @default false: stays up until `signal` aborts */
  readonly once?: boolean;
  /** Forgets all state first. @default false */
  readonly fresh?: boolean;
  /** @default the local cloud's usual port */
  readonly port?: number;
  readonly reporter: StartReporter;
  readonly signal: AbortSignal;
}

/**
 * The whole system on this machine: local cloud, release of HEAD, and a walk through everything that it serves.
 *
 * @returns ok when the release and the walk went as they must
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
    options.reporter.walked(report, manifest);
    return report.verdict;
  } catch (error) {
    return { ok: false, reasons: [(error as Error).message] };
  }
}

async function release(host: Host, { project, reporter }: StartOptions): Promise<RunRecord> {
  const { cloud } = host;
  const { commit, queued } = await cloud.push();
  const { last, running } = await cloud.status();
  if (!queued && !running && last?.commit === commit) {
    if (last.state.status === 'failed') {
      reporter.step(`the last release of ${shortRelease(commit)} failed; once more`);
      await (await ControlClient.connect(project.stateFolder)).release(commit);
    } else reporter.step(`${shortRelease(commit)} is released already`);
  }
  await cloud.idle();
  const { last: ended } = await cloud.status();
  if (ended?.commit !== commit) throw new WalkError(`${shortRelease(commit)} was not released`);
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

async function walkThrough(host: Host, run: RunRecord, options: StartOptions) {
  const { reporter, project } = options;
  const { engine } = host.cloud;
  const manifest = loadManifest(await fileAt(project.folder, run.commit, MANIFEST_FILE), MANIFEST_FILE);
  const opened = await host.openOperator();
  if (!opened) throw new WalkError('the release deployed no control plane');
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
