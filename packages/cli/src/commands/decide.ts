import { type ApprovalDecision, ControlClient } from '@granary/local';
import { EXIT, type ExitCode } from '../cli-error';
import { answer, type CommandContext } from './command-context';

/**
 * Answers an approval that a release waits for.
 *
 * @param action `Stage.Action` or the action's name; may be left out when only one waits
 */
export async function decide(
  context: CommandContext,
  decision: ApprovalDecision['decision'],
  action: string | undefined,
  comment: string | undefined,
): Promise<ExitCode> {
  const client = await ControlClient.connect(context.project.stateFolder);
  const decided = await client.decide(action, { decision, ...(comment === undefined ? {} : { comment }) });
  answer(context, { decision, ...decided }, () => [
    `${decision === 'approve' ? 'approved' : 'rejected'}: ${decided.stage}.${decided.action}`,
  ]);
  return EXIT.ok;
}
