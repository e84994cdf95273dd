import type { Run, WaveRun } from '../run/run';
import type { Version } from '../version/version';
import { isUnderWay } from './order-halt';

/** Where one deployment of a wave is. */
export interface WaveDeployment {
  readonly deploymentId: string;
  readonly state: 'waiting' | 'deploying' | 'deployed' | 'failed' | 'rolling-back' | 'rolled-back';
  /** Why it failed, or could not be rolled back. @default it did neither */
  readonly reason?: string;
}

/** Where the deployments are that a wave's record names. Pure. @param current what each runs, by its id */
export function waveDeployments(
  { status, halt, rollback }: Pick<Run, 'status' | 'halt' | 'rollback'>,
  wave: WaveRun,
  current: ReadonlyMap<string, Version>,
): readonly WaveDeployment[] {
  const failed = new Set(halt?.wave === wave.name ? halt.failed : []);
  const undone = new Map(
    (halt?.wave === wave.name ? halt.rolledBack : []).map((each) => [each.deploymentId, each]),
  );
  const halted = wave.status === 'halted' || wave.status === 'rolling-back' || wave.status === 'rolled-back';
  const stateOf = (deploymentId: string): Omit<WaveDeployment, 'deploymentId'> => {
    const back = halted ? undone.get(deploymentId) : undefined;
    if (back?.result === 'pending') return { state: 'rolling-back' };
    if (back?.result === 'succeeded') return { state: 'rolled-back' };
    if (back?.result === 'failed')
      return { state: 'failed', ...(back.reason === undefined ? {} : { reason: back.reason }) };
    const version = current.get(deploymentId);
    const reached = version?.runId === wave.runId ? version : undefined;
    if (reached?.result === 'failed' || (halted && failed.has(deploymentId)))
      return { state: 'failed', ...(reached?.reason === undefined ? {} : { reason: reached.reason }) };
    // A rollback's own run brings its deployments back: that is its success.
    if (reached) return { state: reached.result === 'rolled-back' && !rollback ? 'rolled-back' : 'deployed' };
    if (wave.only && !wave.only.includes(deploymentId)) return { state: 'waiting' };
    // A wave bakes once each of them was brought the release: what has none did not take it.
    if (status === 'running' && isUnderWay(wave))
      return { state: wave.status === 'baking' ? 'failed' : 'deploying' };
    // What another run has brought there since says nothing of this one.
    return { state: wave.status === 'passed' ? 'deployed' : 'waiting' };
  };
  return wave.deployments.map((deploymentId) => ({ deploymentId, ...stateOf(deploymentId) }));
}
