import { ReleaseStateError } from '../release-error';

/** An action of the pipeline that waits for somebody. */
export interface Approval {
  readonly stage: string;
  readonly action: string;
  /** What the pipeline asks to be named in the answer. */
  readonly token: string;
}

export interface ApprovalDependencies {
  readonly approvals: () => Promise<readonly Approval[]>;
  readonly answerApproval: (approval: Approval, approved: boolean, summary: string) => Promise<void>;
}

/** @throws ReleaseStateError naming what waits, when that does not */
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
  { approvals, answerApproval }: ApprovalDependencies,
): Promise<object> {
  const waiting = await approvals();
  const approval = waiting.find((each) => each.stage === stage && each.action === action);
  if (!approval)
    throw new ReleaseStateError(
      `${stage}.${action} waits for nobody; what waits: ${waiting.map((each) => `${each.stage}.${each.action}`).join(', ') || 'nothing'}`,
    );
  await answerApproval(approval, decision === 'approved', `${by}: ${reason}`.slice(0, 512));
  return { approval: { stage, action, decision } };
}
