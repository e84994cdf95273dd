import { type RunEvent, RunFollower } from '@granary/local';
import { actionsInParallel } from './actions-in-parallel';
import { ReleaseFailedError } from './bench-error';
import { type Phase, stageTimes } from './stage-times';

/** One release, as its events told it. */
export interface ObservedRelease {
  /** When its last stage had ended, on `performance.now()`'s clock. */
  readonly endedAt: number;
  /** Names of the stacks that it changed, in order. */
  readonly changed: readonly string[];
  readonly stages: readonly Phase[];
  /** The most actions at one moment, by stage. */
  readonly parallel: ReadonlyMap<string, number>;
}

/** `<stage>.<stack>.Deploy` in a wave, `<stack>.Deploy` in a stage of its own. */
const DEPLOY = /([^.]+)\.Deploy$/;
const UNCHANGED = 'no changes';

/** Watches the release of one commit, restarts by self-mutation included. */
export class ReleaseWatch {
  readonly ended: Promise<ObservedRelease>;
  private follower: RunFollower | undefined;
  private readonly changed: string[] = [];
  private readonly events: RunEvent[] = [];
  private settle: (release: ObservedRelease) => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  /** @param now in milliseconds @default performance.now */
  constructor(
    private readonly commit: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.ended = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
    });
    // A failure before anyone waits for it is told to who waits later.
    this.ended.catch(() => undefined);
  }

  accept(event: RunEvent): void {
    if (event.type === 'run-queued' && event.commit === this.commit)
      this.follower ??= new RunFollower(event.runId);
    const followed = this.follower?.accept(event) ?? 'not-mine';
    if (followed === 'not-mine') return;
    if (event.type !== 'action-output') this.events.push(event);
    if (event.type === 'action-ended') this.note(event.action, event.summary);
    if (followed !== 'last' || event.type !== 'run-ended') return;
    const { outcome } = event;
    if (outcome.status === 'succeeded')
      this.settle({
        endedAt: this.now(),
        changed: this.changed,
        stages: stageTimes(this.events),
        parallel: actionsInParallel(this.events),
      });
    else {
      const details = 'details' in outcome ? outcome.details : [];
      this.fail(new ReleaseFailedError(this.commit, `${outcome.status}: ${outcome.reason}`, details));
    }
  }

  private note(action: string, summary: string | undefined): void {
    const name = DEPLOY.exec(action)?.[1];
    if (name && summary !== UNCHANGED && !this.changed.includes(name)) this.changed.push(name);
  }
}
