import type { RunEvent } from '@granary/local';
import { formatValue } from './figure';

/** A part of something longer, in the order in which it ended. */
export interface Phase {
  readonly name: string;
  readonly milliseconds: number;
}

/**
 * How long each stage of a release took, restarts by self-mutation included: from the end of what came before it to
 * its own end, so that the pauses between stages count as well.
 */
export function stageTimes(events: readonly RunEvent[]): readonly Phase[] {
  const stages: Phase[] = [];
  let before: number | undefined;
  for (const event of events) {
    const at = Date.parse(event.at);
    before ??= at;
    if (event.type !== 'stage-ended') continue;
    stages.push({ name: event.stage, milliseconds: at - before });
    before = at;
  }
  return stages;
}

/** `Source 0.1 s, Build 12.0 s`. */
export function describePhases(phases: readonly Phase[]): string {
  return phases
    .map(({ name, milliseconds }) => `${name} ${formatValue(milliseconds / 1000, 's')}`)
    .join(', ');
}
