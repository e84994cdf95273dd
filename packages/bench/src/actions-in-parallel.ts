import type { RunEvent } from '@granary/local';

/** The most actions of each stage that ran at the same moment, by the stage's name. */
export function actionsInParallel(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'action-started' && event.type !== 'action-ended') continue;
    const { stage, type } = event;
    const now = Math.max(0, (running.get(stage) ?? 0) + (type === 'action-started' ? 1 : -1));
    running.set(stage, now);
    most.set(stage, Math.max(most.get(stage) ?? 0, now));
  }
  return most;
}
