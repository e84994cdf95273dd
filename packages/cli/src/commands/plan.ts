import { planRollout } from '@granary/manifest';
import { EXIT, type ExitCode } from '../cli-error';
import { readManifest } from '../host/project';
import { planLines } from '../render/plan';
import { answer, type CommandContext } from './command-context';

/** Shows what a release of the folder's manifest would do. Needs no cloud. */
export async function plan(context: CommandContext): Promise<ExitCode> {
  const rollout = planRollout(await readManifest(context.project));
  answer(context, rollout, () => planLines(rollout, context.terminal.palette));
  return EXIT.ok;
}
