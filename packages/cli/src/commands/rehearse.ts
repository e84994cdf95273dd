import { allItems } from '@granary/client';
import { type CloudStatus, ControlClient, commitUnnamed, type RunEvent, RunFollower } from '@granary/local';
import { loadManifest } from '@granary/manifest';
import { CliError, EXIT, type ExitCode } from '../cli-error';
import { openControl } from '../control/control-access';
import { fileAt } from '../host/git';
import { MANIFEST_FILE } from '../host/project';
import type { Fault } from '../rehearsal/fault';
import { FAULTS } from '../rehearsal/faults/faults';
import type { RehearsalReport } from '../rehearsal/rehearsal-report';
import { rehearse as rehearseFault } from '../rehearsal/rehearse';
import { releaseEngine } from '../rehearsal/release-engine';
import { rehearsalLines } from '../render/rehearsal';
import { PATIENCE, until } from '../walk/patience';
import { answer, type CommandContext } from './command-context';
import { startInBackground } from './up';

/** Releases faults on purpose on the local cloud that runs, and tells what the gates did about each. */
export async function rehearse(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
  const faults = named(names);
  const reports: RehearsalReport[] = [];
  for (const fault of faults) {
    context.terminal.note(`${fault.name}: ${fault.does} ...`);
    const report = await rehearseOne(fault, context);
    reports.push(report);
    if (!context.json)
      for (const line of rehearsalLines(report, context.terminal.palette)) context.terminal.line(line);
  }
  if (context.json) answer(context, reports, () => []);
  return reports.every(({ verdict }) => verdict.ok) ? EXIT.ok : EXIT.failure;
}

function named(names: readonly string[]): readonly Fault[] {
  // Who rehearses everything has not asked for the process behind it to be killed.
  if (names.length === 0) return FAULTS.filter(({ kills }) => !kills);
  return names.map((name) => {
    const fault = FAULTS.find((each) => each.name === name);
    if (fault) return fault;
    throw new CliError(`there is no fault "${name}"; there is ${FAULTS.map((each) => each.name).join(', ')}`);
  });
}

async function rehearseOne(fault: Fault, context: CommandContext): Promise<RehearsalReport> {
  const { project } = context;
  const connect = () => ControlClient.connect(project.stateFolder);
  const local = await connect();
  const { remote } = await local.status();
  const released = (await local.runs()).find(({ state }) => state.status === 'succeeded');
  if (!released) throw new CliError('nothing was released yet: there is nothing to go wrong (granary push)');
  const parent = released.commit;
  const manifest = loadManifest(await fileAt(remote, parent, MANIFEST_FILE), MANIFEST_FILE);
  const open = () => openControl(context, {});
  return rehearseFault({
    fault,
    manifest,
    parent,
    tenants: await allItems((await open()).listTenants),
    engine: releaseEngine(open),
    commit: ({ subject, file, change }) =>
      commitUnnamed(remote, { parent, subject, file, change: (text) => change(text, manifest) }),
    inject: async (injected) => (await connect()).injectFaults(injected),
    release: async (commit, { kills }) => {
      if (kills) {
        const { endpoint } = await killed(await connect(), commit, context);
        await startInBackground(context, { port: Number(new URL(endpoint).port) });
      }
      return follow(await connect(), commit, context);
    },
  });
}

/** @returns why the release failed; undefined when it did not */
async function follow(
  client: ControlClient,
  commit: string,
  { signal }: CommandContext,
): Promise<string | undefined> {
  let follower: RunFollower | undefined;
  for await (const event of released(client, commit, signal)) {
    if (event.type === 'run-queued' && event.commit === commit) follower ??= new RunFollower(event.runId);
    if (follower?.accept(event) !== 'last' || event.type !== 'run-ended') continue;
    return 'reason' in event.outcome ? event.outcome.reason : undefined;
  }
  throw new CliError('the local cloud stopped before the release ended');
}

/** Kills the local cloud as soon as the pools of the commit's release are under way, and waits until it is gone. */
async function killed(
  client: ControlClient,
  commit: string,
  { signal }: CommandContext,
): Promise<CloudStatus> {
  const status = await client.status();
  for await (const event of released(client, commit, signal)) {
    if (event.type === 'run-ended') throw new CliError('the release ended before its runner could be killed');
    if (event.type === 'stage-started' && event.stage === POOLS_STAGE) break;
  }
  process.kill(status.pid, 'SIGKILL');
  await until('the killed cloud to be gone', async () => isGone(status), PATIENCE);
  return status;
}

/** Releases a commit; its events, and those of whatever else runs, from its beginning on. */
async function* released(
  client: ControlClient,
  commit: string,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const events = client.events(signal);
  const first = events.next();
  // Answered after the subscription that was asked for before it.
  await client.status();
  await client.release(commit);
  try {
    for (let next = await first; !next.done; next = await events.next()) yield next.value;
  } finally {
    await events.return(undefined).catch(() => undefined);
  }
}

/** The engine ends with the process that owns it, a moment later. */
async function isGone({ pid, endpoint }: CloudStatus): Promise<true | undefined> {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return fetch(endpoint).then(
      () => undefined,
      () => true as const,
    );
  }
}

const POOLS_STAGE = 'Pools';
