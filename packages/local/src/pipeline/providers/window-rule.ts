import { setTimeout as pause } from 'node:timers/promises';
import { type ActionContext, type ActionProvider, type ActionResult, actionTitle } from '../action';
import { isWithin } from '../cron';
import { ActionFailedError, RunInterruptedError, UnsupportedPipelineError } from '../errors';

const POLL_MS = 1000;
/** CodePipeline's own for rules. */
const TIMEOUT_MINUTES = 60;

/** The `DeploymentWindow` rule: waits until the window is open; fails at the rule's timeout. */
export class WindowRule implements ActionProvider {
  constructor(private readonly now: () => number = Date.now) {}

  async execute(context: ActionContext): Promise<ActionResult> {
    const { configuration, action, log, signal } = context;
    const { Cron, TimeZone = 'UTC' } = configuration;
    if (!Cron) throw new UnsupportedPipelineError(`${actionTitle(context)}: the rule has no Cron`);
    const minutes = action.timeoutMinutes ?? TIMEOUT_MINUTES;
    const end = this.now() + minutes * 60_000;
    const window = `window "${Cron}" (${TimeZone})`;
    if (!isWithin(Cron, TimeZone, new Date(this.now()))) log.line(`waits for ${window}`);
    while (!isWithin(Cron, TimeZone, new Date(this.now()))) {
      if (this.now() >= end) throw new ActionFailedError(`${window} did not open within ${minutes} minutes`);
      await pause(POLL_MS, undefined, { signal }).catch(() => {
        throw new RunInterruptedError(`the run was stopped while it waited for ${window}`);
      });
    }
    return { summary: `${window} is open` };
  }
}
