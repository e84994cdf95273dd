import type { ActionContext, ActionProvider, ActionResult } from '../action';
import { ActionFailedError } from '../errors';

export interface ApprovalDecision {
  readonly decision: 'approve' | 'reject';
  /** Who and why, for the record. */
  readonly comment?: string | undefined;
}

/** Asks for a decision; rejects with RunInterruptedError when the signal aborts. */
export type ApprovalGate = (context: ActionContext) => Promise<ApprovalDecision>;

/** A person's yes or no. */
export class ApprovalProvider implements ActionProvider {
  constructor(private readonly gate: ApprovalGate) {}

  async execute(context: ActionContext): Promise<ActionResult> {
    const { decision, comment } = await this.gate(context);
    const said = comment ? `: ${comment}` : '';
    context.log.line(`${decision}${said}`);
    if (decision === 'reject') throw new ActionFailedError(`the approval was rejected${said}`);
    return { summary: `approved${said}` };
  }
}
