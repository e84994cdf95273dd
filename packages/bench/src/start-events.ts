import type { RunEvent } from '@granary/local';
import { type Phase, stageTimes } from './stage-times';

/** Lines of `granary start --json` that a measurement reads. */
type StartEvent =
  | { readonly type: 'phase-ended'; readonly phase: string; readonly milliseconds: number }
  | { readonly type: 'release'; readonly event: RunEvent };

/** What `granary start --json` said, as far as it is measured. */
export interface StartLog {
  /** As the command reports them. */
  readonly phases: readonly Phase[];
  /** Of its releases. */
  readonly stages: readonly Phase[];
}

/** Reads the lines of `granary start --json`. Lines of npm, and events that nothing is measured from, are passed over. */
export function readStart(lines: readonly string[]): StartLog {
  const events = lines.flatMap(parse);
  return {
    phases: events.flatMap((event) =>
      event.type === 'phase-ended' ? [{ name: event.phase, milliseconds: event.milliseconds }] : [],
    ),
    stages: stageTimes(events.flatMap((event) => (event.type === 'release' ? [event.event] : []))),
  };
}

function parse(line: string): StartEvent[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as StartEvent];
  } catch {
    return [];
  }
}
