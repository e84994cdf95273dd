import type { RedAlarms } from '../entry/enter-wave';
import type { ReleasePlan } from '../plan/release-plan';
import { gatedWave } from '../run/planned-waves';
import type { Version } from '../version/version';
import type { Cells } from './deployment-watch';
import { type WaveName, watched } from './look';
import { readAlarms } from './observe-wave';

export interface RedAlarmsDependencies {
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  readonly versions: (deploymentIds: readonly string[]) => Promise<readonly Version[]>;
  readonly cells: Pick<Cells, 'alarms'>;
}

/** Alarms that are named; the rest adds nothing to a refusal. */
const NAMED = 20;

/** What is red in a wave before a release arrives there. */
export async function readRedAlarms(
  { release, wave }: WaveName,
  { readPlan, versions, cells }: RedAlarmsDependencies,
): Promise<RedAlarms> {
  const { deployments } = gatedWave(await readPlan(release), wave);
  const current = watched(await versions(deployments.map(({ deploymentId }) => deploymentId)));
  const seen = [...(await readAlarms(cells, current))];
  const red = seen.flatMap(([deploymentId, result]) =>
    'value' in result
      ? result.value
          .filter(({ state }) => state === 'ALARM')
          .map(({ name }) => ({ deploymentId, alarm: name }))
      : [],
  );
  const faults = seen.flatMap(([deploymentId, result]) =>
    'fault' in result ? [`deployment "${deploymentId}": ${result.fault}`] : [],
  );
  return { red: red.slice(0, NAMED), ...(faults[0] === undefined ? {} : { unwatched: faults[0] }) };
}
