import { ReleaseStateError } from '../release-error';
import type { Run, WaveRun } from '../run/run';
import type { Runs } from '../run/runs';

export interface HaltOrder {
  readonly runId: string;
  readonly by: string;
  readonly reason: string;
}

/**
 * Writes down that somebody wants a run halted: the next look at its wave halts it and rolls the wave back. Ordered
 * twice, the first order stands.
 *
 * @throws ReleaseStateError when the run is not under way, or is between two waves
 */
export async function orderHalt(
  { runId, by, reason }: HaltOrder,
  { runs, now }: { readonly runs: Runs; readonly now: () => Date },
): Promise<Run> {
  const run = await runs.get(runId);
  if (run.status !== 'running')
    throw new ReleaseStateError(`run "${runId}" is ${run.status}; only a running one can be halted`);
  if (run.haltOrdered) return run;
  if (!(await runs.waves(runId)).some(isUnderWay))
    throw new ReleaseStateError(
      `run "${runId}" is in no wave now: there is nothing to roll back; abandon it, and it enters no further one`,
    );
  const ordered = {
    ...run,
    haltOrdered: { by, reason, at: now().toISOString() },
    revision: run.revision + 1,
  };
  await runs.putRun(ordered);
  return ordered;
}

/** Whether the release was let into the wave, and the wave has not ended. */
export function isUnderWay({ status, stage }: WaveRun): boolean {
  return status === 'deploying' || status === 'baking' || (status === 'waiting' && stage !== undefined);
}
