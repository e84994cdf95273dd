import { ControlClient, type SentMail } from '@granary/local';
import { EXIT, type ExitCode } from '../cli-error';
import type { Palette } from '../terminal';
import { answer, type CommandContext } from './command-context';

/**
 * Shows what the platform has mailed on the local cloud, the oldest first: invitations with their temporary passwords,
 * codes, welcomes.
 *
 * @param to only what went to this address, in upper or lower case
 */
export async function mails(context: CommandContext, to: string | undefined): Promise<ExitCode> {
  const client = await ControlClient.connect(context.project.stateFolder);
  const wanted = to?.toLowerCase();
  const found = (await client.sentMails()).filter(
    (mail) => wanted === undefined || mail.to.some((address) => address.toLowerCase() === wanted),
  );
  answer(context, found, () =>
    found.length === 0
      ? [`nothing was mailed${to === undefined ? '' : ` to ${to}`} since the local cloud started`]
      : found.flatMap((mail) => mailLines(mail, context.terminal.palette)),
  );
  return EXIT.ok;
}

function mailLines({ at, to, subject, text }: SentMail, { bold, dim }: Palette): string[] {
  const lines = text.trimEnd().split('\n');
  return [`${bold(subject)}  ${dim(`${to.join(', ')}  ${at}`)}`, ...lines.map((line) => `  ${line}`), ''];
}
