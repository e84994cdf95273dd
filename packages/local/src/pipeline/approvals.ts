import type { ActionContext } from './action';
import { ReleaseError, RunInterruptedError } from './errors';
import type { ApprovalDecision, ApprovalGate } from './providers/approval';
import type { EventListener, RunEvent } from './run-event';

/** An approval that waits for a person. */
export interface PendingApproval {
  readonly runId: string;
  readonly stage: string;
  readonly action: string;
  readonly message?: string | undefined;
  readonly since: string;
}

interface Waiting extends PendingApproval {
  readonly decide: (decision: ApprovalDecision) => void;
}

/** The approvals of the run under way. */
export class Approvals {
  private readonly waiting = new Map<string, Waiting>();

  /**
   * @param automatic approves at once, for tests and unattended runs
   */
  constructor(
    private readonly onEvent: EventListener,
    private readonly automatic: boolean,
  ) {}

  readonly gate: ApprovalGate = (context) => {
    if (this.automatic) return Promise.resolve({ decision: 'approve', comment: 'automatic approval is on' });
    return this.wait(context);
  };

  pending(): readonly PendingApproval[] {
    return [...this.waiting.values()].map(({ decide: _, ...approval }) => approval);
  }

  /**
   * Answers the approval of that name.
   *
   * @param action `Stage.Action` or the action's name; may be left out when only one waits
   * @throws ReleaseError when none or several fit
   */
  decide(action: string | undefined, decision: ApprovalDecision): PendingApproval {
    const fits = [...this.waiting.values()].filter(
      (one) => action === undefined || action === one.action || action === `${one.stage}.${one.action}`,
    );
    const [found, ...more] = fits;
    const names = [...this.waiting.keys()].join(', ') || 'none';
    if (!found)
      throw new ReleaseError(
        `no approval ${action ? `"${action}" ` : ''}waits for a decision (waiting: ${names})`,
      );
    if (more.length > 0) throw new ReleaseError(`several approvals wait: name one of ${names}`);
    found.decide(decision);
    const { decide: _, ...approval } = found;
    return approval;
  }

  private wait(context: ActionContext): Promise<ApprovalDecision> {
    const { runId, stage, action, configuration, signal } = context;
    const key = `${stage}.${action.name}`;
    const message = configuration.CustomData;
    const since = new Date().toISOString();
    return new Promise<ApprovalDecision>((resolve, reject) => {
      const settle = () => {
        this.waiting.delete(key);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        settle();
        reject(new RunInterruptedError('the run was stopped while it waited for an approval'));
      };
      const decide = (decision: ApprovalDecision) => {
        settle();
        resolve(decision);
      };
      this.waiting.set(key, { runId, stage, action: action.name, message, since, decide });
      signal.addEventListener('abort', abort, { once: true });
      const event: RunEvent = {
        type: 'approval-needed',
        runId,
        stage,
        action: action.name,
        at: since,
        ...(message === undefined ? {} : { message }),
      };
      this.onEvent(event);
    });
  }
}
