import type { RunEvent } from '@granary/local';
import { duration } from './time';

interface Running {
  readonly name: string;
  readonly since: number;
}

/** What a release is doing at this moment, folded from its events. */
export type RunningActions = ReadonlyMap<string, Running>;

export const NOTHING_RUNS: RunningActions = new Map();

export function nextRunning(running: RunningActions, event: RunEvent): RunningActions {
  if (event.type === 'run-ended') return NOTHING_RUNS;
  if (event.type !== 'action-started' && event.type !== 'action-ended') return running;
  const next = new Map(running);
  const key = `${event.stage}.${event.action}`;
  if (event.type === 'action-ended') next.delete(key);
  else next.set(key, { name: event.action, since: Date.parse(event.at) });
  return next;
}

/** One line for the bottom of the screen; empty when nothing runs. */
export function runningLine(running: RunningActions, now: number): string {
  const names = [...running.values()].map(({ name, since }) => `${name} ${duration(now - since)}`);
  return names.length === 0 ? '' : `    ... ${names.join(', ')}`;
}
