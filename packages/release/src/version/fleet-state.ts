import type { ReleasePlan } from '../plan/release-plan';
import type { Run } from '../run/run';
import type { Version } from './version';

export const DEPLOYMENT_STATES = [
  'current',
  'behind',
  'ahead',
  'pinned',
  'failed',
  'leaving',
  'unowned',
] as const;
/**
 * `behind`: an older release than the last that went well. `ahead`: one that has not reached everybody. `unowned`:
 * no entry of the manifest has it.
 */
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

export interface DeploymentInFleet {
  readonly version: Version;
  readonly state: DeploymentState;
}

export interface FleetState {
  /** The last release that passed every wave. @default none has */
  readonly latest?: string;
  readonly deployments: readonly DeploymentInFleet[];
}

/**
 * What runs where, against what should. Costs nothing but the records: a stack that somebody changed by hand shows
 * only when it is inspected. Pure.
 * @param runs the newest first
 * @param plan of the newest release; undefined before the first
 */
export function fleetState(
  current: readonly Version[],
  runs: readonly Run[],
  plan: ReleasePlan | undefined,
): FleetState {
  const releases = runs.filter(({ rollback }) => rollback === undefined);
  const latestAt = releases.findIndex(({ status }) => status === 'succeeded');
  const latest = releases[latestAt]?.release;
  const newer = new Set(
    releases.slice(0, latestAt === -1 ? releases.length : latestAt).map(({ release }) => release),
  );
  const ids = (list: readonly { readonly deploymentId: string }[] = []) =>
    new Set(list.map(({ deploymentId }) => deploymentId));
  const owned = ids(plan && [...plan.pools, ...plan.waves.flatMap(({ deployments }) => deployments)]);
  const held = ids(plan?.held);
  const leaving = ids(plan?.removals);
  const stateOf = ({ deploymentId, release, result }: Version): DeploymentState => {
    if (leaving.has(deploymentId)) return 'leaving';
    if (held.has(deploymentId)) return 'pinned';
    if (plan && !owned.has(deploymentId)) return 'unowned';
    if (result === 'failed') return 'failed';
    if (latest === undefined || release === latest) return 'current';
    return newer.has(release) ? 'ahead' : 'behind';
  };
  return {
    ...(latest === undefined ? {} : { latest }),
    // Of a stack that is gone there is the history.
    deployments: current
      .filter(({ result }) => result !== 'deleted')
      .map((version) => ({ version, state: stateOf(version) })),
  };
}
