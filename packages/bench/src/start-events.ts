import type { RunEvent } from '@granary/local';

/** A part of a start, in the order in which it ended. */
export interface Phase {
  readonly name: string;
  readonly milliseconds: number;
}

/** Lines of `granary start --json` that a measurement reads. */
type StartEvent =
  | { readonly type: 'phase-ended'; readonly phase: string; readonly milliseconds: number }
  | { readonly type: 'release'; readonly event: RunEvent };

/** What `granary start --json` said, as far as it is measured. */
export interface StartLog {
  readonly phases: readonly Phase[];
  /** Of all releases, restarts by self-mutation included. */
  readonly stages: readonly Phase[];
}

/**
 * Reads the lines of `granary start --json`. Lines of npm and events that nothing is measured from are passed over.
 *
 * A stage's time is from the end of what came before it to its own end: the pipeline's reading counts as well.
 */
export function readStart(lines: readonly string[]): StartLog {
  const events = lines.flatMap(parse);
  const phases = events.flatMap((event) =>
    event.type === 'phase-ended' ? [{ name: event.phase, milliseconds: event.milliseconds }] : [],
  );
  const stages: Phase[] = [];
  let before: number | undefined;
  for (const event of events) {
    if (event.type !== 'release') continue;
    const at = Date.parse(event.event.at);
    before ??= at;
    if (event.event.type !== 'stage-ended') continue;
    stages.push({ name: event.event.stage, milliseconds: at - before });
    before = at;
  }
  return { phases, stages };
}

function parse(line: string): StartEvent[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as StartEvent];
  } catch {
    return [];
  }
}
