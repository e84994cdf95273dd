import { REMOVALS_WAVE } from '../deployer/wave-orders';
import type { WaveName } from '../observer/look';
import type { ReleasePlan } from '../plan/release-plan';
import { ReleaseStateError } from '../release-error';
import { beginRun } from '../run/begin-run';
import { gatedWave, holdsNothing } from '../run/planned-waves';
import type { Runs } from '../run/runs';
import { moveWave } from '../run/transition';

export interface OpenWaveDependencies {
  readonly runs: Runs;
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  readonly now: () => Date;
}

/**
 * What the wave machine does next: deploy the wave itself, watch what the pipeline deployed, remove the stacks of
 * those who left, or nothing any more.
 */
export type OpenedWave = WaveName & { readonly next: 'deploy' | 'watch' | 'remove' | 'done' };

/**
 * Opens a wave of a run that goes on; again is the same as once.
 * @throws ReleaseStateError for a run that is over or halted
 */
export async function openWave(name: WaveName, dependencies: OpenWaveDependencies): Promise<OpenedWave> {
  const { runs, readPlan, now } = dependencies;
  const { runId, release, wave: waveName } = name;
  // Nothing is left to watch of those who left.
  if (waveName === REMOVALS_WAVE) return { ...name, next: 'remove' };
  const plan = await readPlan(release);
  const run = await beginRun(runs, { runId, release, plan, now: now() });
  if (holdsNothing(plan, waveName)) return { ...name, next: 'done' };
  const wave = await runs.wave(runId, waveName);
  if (wave.status === 'passed') return { ...name, next: 'done' };
  if (run.status !== 'running')
    throw new ReleaseStateError(
      `wave "${waveName}" cannot be opened: run "${runId}" is ${run.status}${run.halt ? ` (${run.halt.reason})` : ''}; resume it, or push a fix`,
    );
  if (wave.status === 'baking') return { ...name, next: 'watch' };
  // The look finds the order and halts: nothing more is deployed.
  if (run.haltOrdered) return { ...name, next: 'watch' };
  const { distributed } = gatedWave(plan, waveName);
  if (distributed && wave.status === 'waiting') await runs.putWave(moveWave(wave, 'deploying'));
  return { ...name, next: distributed ? 'deploy' : 'watch' };
}
