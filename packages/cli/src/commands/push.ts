import {
  ControlClient,
  type Outcome,
  projectHead,
  type RunEvent,
  RunFollower,
  type RunRecord,
} from '@granary/local';
import { CliError, EXIT, type ExitCode } from '../cli-error';
import { pushHead } from '../host/git';
import { shortRelease } from '../render/release';
import { eventLines } from '../render/run-event';
import type { CommandContext } from './command-context';

/** Pushes HEAD to the local cloud and follows its release to the end. */
export async function push(context: CommandContext): Promise<ExitCode> {
  const { project, terminal, json, signal } = context;
  const client = await ControlClient.connect(project.stateFolder);
  const { branch, remote } = await client.status();
  const { commit, uncommitted } = await projectHead(project.folder);
  if (uncommitted.length > 0)
    terminal.note(`note: HEAD is released; ${uncommitted.length} uncommitted files are not in it`);
  const show = (event: RunEvent) => {
    if (json) terminal.line(JSON.stringify(event));
    else for (const line of eventLines(event, terminal.palette)) terminal.line(line);
  };
  const following = follow(client, commit, show, signal);
  following.outcome.catch(() => undefined);
  // Answered after the subscription that was asked for before it.
  await client.status();
  await pushHead(project.folder, remote, branch);
  const open = await openOrQueue(client, commit);
  if (!open) {
    if (json) terminal.line(JSON.stringify({ type: 'up-to-date', commit }));
    else terminal.line(`${shortRelease(commit)} is released already`);
    return EXIT.ok;
  }
  following.from(open.id);
  const outcome = await following.outcome;
  return outcome.status === 'succeeded' ? EXIT.ok : EXIT.failure;
}

/** The run of a commit that is under way or waits; one that failed before is queued anew. */
async function openOrQueue(client: ControlClient, commit: string): Promise<RunRecord | undefined> {
  const { running, queued } = await client.status();
  const open = [queued, running].find((run) => run?.commit === commit);
  if (open) return open;
  const last = (await client.runs()).find((run) => run.commit === commit);
  return last?.state.status === 'succeeded' ? undefined : client.release(commit);
}

/** Events of a commit's release, also of what came before its run's id was known. */
function follow(client: ControlClient, commit: string, show: (event: RunEvent) => void, signal: AbortSignal) {
  let follower: RunFollower | undefined;
  const outcome = (async (): Promise<Outcome> => {
    for await (const event of client.events(signal)) {
      if (!follower && event.type === 'run-queued' && event.commit === commit)
        follower = new RunFollower(event.runId);
      const verdict = follower?.accept(event) ?? 'not-mine';
      if (verdict === 'not-mine') continue;
      show(event);
      if (verdict === 'last' && event.type === 'run-ended') return event.outcome;
    }
    throw new CliError('the local cloud stopped before the release ended: its next start carries on');
  })();
  return {
    outcome,
    from: (runId: string) => {
      follower ??= new RunFollower(runId);
    },
  };
}
