import { ReleaseStateError } from '../release-error';
import type { StartedRollback } from '../rollback/begin-rollback';
import type { Run, WaveRun } from '../run/run';
import type { Runs } from '../run/runs';
import { beginAgain, moveRun } from '../run/transition';

export interface ResumeDependencies {
  readonly runs: Runs;
  /** Lets the pipeline try the stage of a run again. */
  readonly retryStage: (runId: string, stage: string, mode: 'all' | 'failed') => Promise<void>;
  /** Carries a rollback's waves out. */
  readonly startRollback: (input: StartedRollback, attempt: number) => Promise<void>;
}

/**
 * A halted run goes on: its wave begins again, with all of its deployments or only those that did not take the
 * release. The others then keep what the rollback gave them until the next release.
 *
 * @throws ReleaseStateError when the run is not halted, still rolls back, or another one runs; and for `failed`
 *   when it was not a failed deployment that halted it
 */
export async function resumeRun(
  runId: string,
  mode: 'all' | 'failed',
  { runs, retryStage, startRollback }: ResumeDependencies,
): Promise<Run> {
  const run = await runs.get(runId);
  const { halt } = run;
  if (run.status !== 'halted' || !halt)
    throw new ReleaseStateError(`run "${runId}" is ${run.status}; only a halted run can be resumed`);
  const other = (await runs.recent()).find((each) => each.status === 'running');
  if (other)
    throw new ReleaseStateError(`run "${other.runId}" (release ${other.release}) is under way; wait for it`);
  const wave = await runs.wave(runId, halt.wave);
  const again = nextAttempt(wave, mode, halt.failed, run.rollback !== undefined);
  await runs.putWave(again);
  const resumed = moveRun(run, 'running');
  const { endedAt, haltOrdered, ...going } = resumed;
  await runs.putRun(going);
  try {
    if (run.rollback) await startRollback(await theRest(run, again, runs), again.attempt);
    else await retryStage(runId, again.stage ?? '', mode);
  } catch (error) {
    // Nothing moves then: the run is halted as before, and can be resumed again.
    await runs.putRun({ ...run, revision: going.revision + 1 });
    throw error;
  }
  return going;
}

/** What a rollback has not carried out, from the wave that begins again. */
async function theRest({ runId, release }: Run, from: WaveRun, runs: Runs): Promise<StartedRollback> {
  const rest = (await runs.waves(runId)).filter(({ index }) => index >= from.index);
  return { runId, release, waves: rest.map(({ name }) => ({ name })) };
}

function nextAttempt(
  wave: WaveRun,
  mode: 'all' | 'failed',
  failed: readonly string[],
  rollback: boolean,
): WaveRun {
  const { name, runId, stage } = wave;
  if (stage === undefined && !rollback)
    throw new ReleaseStateError(
      `wave "${name}" of run "${runId}" was never entered; there is nothing to retry`,
    );
  if (mode === 'failed' && failed.length === 0)
    throw new ReleaseStateError(
      `wave "${name}" of run "${runId}" halted without a failed deployment; resume all of it`,
    );
  // After a retry that the pipeline refused, the wave waits already.
  const again = wave.status === 'waiting' ? { ...wave, revision: wave.revision + 1 } : beginAgain(wave);
  const { only, ...whole } = again;
  return {
    ...whole,
    ...(stage === undefined ? {} : { stage }),
    ...(mode === 'failed' ? { only: [...failed] } : {}),
  };
}
