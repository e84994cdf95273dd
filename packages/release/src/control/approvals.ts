import { ReleaseStateError } from '../release-error';
import type { Runs } from '../run/runs';

/** An action of the pipeline that waits for somebody. */
export interface Approval {
  readonly stage: string;
  readonly action: string;
  /** The pipeline's execution that waits. @default the pipeline did not say */
  readonly runId?: string;
  /** What the pipeline asks to be named in the answer. */
  readonly token: string;
}

export interface ApprovalDependencies {
  readonly runs: Pick<Runs, 'find'>;
  readonly approvals: () => Promise<readonly Approval[]>;
  readonly answerApproval: (approval: Approval, approved: boolean, summary: string) => Promise<void>;
}

/**
 * Answers an approval. What somebody has ordered to halt can only be rejected: its wave would be deployed first.
 * @throws ReleaseStateError naming what waits, when that does not
 */
export async function decide(
  {
    stage,
    action,
    decision,
    reason,
  }: {
    readonly stage: string;
    readonly action: string;
    readonly decision: 'approved' | 'rejected';
    readonly reason: string;
  },
  by: string,
  { runs, approvals, answerApproval }: ApprovalDependencies,
): Promise<object> {
  const waiting = await approvals();
  const approval = waiting.find((each) => each.stage === stage && each.action === action);
  if (!approval)
    throw new ReleaseStateError(
      `${stage}.${action} waits for nobody; what waits: ${waiting.map((each) => `${each.stage}.${each.action}`).join(', ') || 'nothing'}`,
    );
  const run = approval.runId === undefined ? undefined : await runs.find(approval.runId);
  if (decision === 'approved' && run?.haltOrdered)
    throw new ReleaseStateError(
      `run "${run.runId}" is to halt: ${run.haltOrdered.by} ordered it (${run.haltOrdered.reason}); reject ${stage}.${action}`,
    );
  await answerApproval(approval, decision === 'approved', `${by}: ${reason}`.slice(0, 512));
  return { approval: { stage, action, decision } };
}
