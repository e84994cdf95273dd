import type { RunEvent } from '../pipeline/run-event';

export type Followed = 'not-mine' | 'mine' | 'last';

/** Follows one release through its restarts by self-mutation. */
export class RunFollower {
  private next: string | undefined;

  /** @param current execution id */
  constructor(private current: string) {}

  accept(event: RunEvent): Followed {
    if (event.runId !== this.current) return 'not-mine';
    if (event.type === 'pipeline-mutated') this.next = event.next;
    if (event.type !== 'run-ended') return 'mine';
    if (this.next === undefined) return 'last';
    this.current = this.next;
    this.next = undefined;
    return 'mine';
  }
}
