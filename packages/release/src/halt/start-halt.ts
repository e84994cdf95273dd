import type { WaveName } from '../observer/look';
import type { WaveRun } from '../run/run';
import type { Runs } from '../run/runs';
import type { HaltCause } from '../wave/halt-wave';
import { deploymentOf, type FailedAction } from './failed-actions';

export interface StartHaltDependencies {
  readonly runs: Runs;
  readonly failedActions: (stage: string) => Promise<readonly FailedAction[]>;
  /** Starts the wave machine at its rollback; the same name twice is one execution. */
  readonly start: (executionName: string, input: WaveName & { readonly cause: HaltCause }) => Promise<void>;
}

/** Execution names have so many characters. */
const NAME = 80;
const REASON = 500;

/**
 * What happens when a stage of the pipeline has failed: if its wave did not halt by itself, because a deployment
 * failed before its gate, the wave is rolled back.
 */
export async function startHalt(
  name: WaveName,
  stage: string,
  { runs, failedActions, start }: StartHaltDependencies,
): Promise<'started' | 'halted-already' | 'not-entered'> {
  const wave = await runs.wave(name.runId, name.wave);
  if (wave.stage === undefined) return 'not-entered';
  const { status } = wave;
  if (status === 'halted' || status === 'rolling-back' || status === 'rolled-back') return 'halted-already';
  const cause = causeOf(wave, await failedActions(stage));
  await start(`halt-${wave.attempt}-${wave.index}-${name.runId}`.slice(0, NAME), { ...name, cause });
  return 'started';
}

function causeOf({ deployments }: WaveRun, actions: readonly FailedAction[]): HaltCause {
  const [first] = actions;
  if (!first) return { gate: 'deployment', reason: 'an action of the stage failed' };
  const failed = actions.flatMap(({ action }) => deploymentOf(action, deployments) ?? []);
  const [deploymentId] = failed;
  return {
    gate: 'deployment',
    reason: `action "${first.action}": ${first.reason}`.slice(0, REASON),
    ...(deploymentId === undefined ? {} : { deploymentId }),
    failed: [...new Set(failed)],
  };
}
