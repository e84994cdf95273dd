import type { ReleasePlan } from '../plan/release-plan';
import { WriteRefusedError } from '../release-table/release-table';
import { gatedWaves } from './planned-waves';
import type { RollbackOrdered, Run, WaveRun } from './run';
import type { Runs } from './runs';
import { moveRun } from './transition';

export interface BeginRunInput {
  readonly runId: string;
  /** Commit. */
  readonly release: string;
  readonly plan: ReleasePlan;
  readonly now: Date;
  /** @default it is a release */
  readonly rollback?: RollbackOrdered;
}

/**
 * The run, recorded if it is new. A new run is taken for the fix of all runs that are halted: they are superseded,
 * and cannot be resumed any more.
 */
export async function beginRun(
  runs: Runs,
  { runId, release, plan, now, rollback }: BeginRunInput,
): Promise<Run> {
  const known = await runs.find(runId);
  if (known) return known;
  const run: Run = {
    runId,
    release,
    ...(rollback ? { rollback } : {}),
    status: 'running',
    startedAt: now.toISOString(),
    revision: 1,
  };
  const waves = gatedWaves(plan).map(
    ({ name, index, minimumSamples, deployments }): WaveRun => ({
      runId,
      release,
      name,
      index,
      status: 'waiting',
      deployments: deployments.slice(0, NAMED).map(({ deploymentId }) => deploymentId),
      size: deployments.length,
      attempt: 1,
      looks: 0,
      samples: 0,
      minimumSamples,
      watch: {},
      revision: 1,
    }),
  );
  if (await runs.begin(run, waves)) await supersede(runs, run);
  return runs.get(runId);
}

/** Deployments that a wave's record names: of a larger wave, the plan has them all. */
const NAMED = 1000;

async function supersede(runs: Runs, by: Run): Promise<void> {
  for (const other of await runs.recent()) {
    if (other.runId === by.runId || other.status !== 'halted') continue;
    const ended = { by: 'release-engine', reason: `run "${by.runId}" (release ${by.release}) came after it` };
    try {
      await runs.putRun(moveRun(other, 'superseded', { endedAt: by.startedAt, ended }));
    } catch (error) {
      // Somebody resumed or abandoned it at this moment: theirs is the decision.
      if (!(error instanceof WriteRefusedError)) throw error;
    }
  }
}
