import type { AlarmObservation, DeploymentObservation } from '../gate/observation';
import type { Cells, WatchedDeployment } from './deployment-watch';

/** Calls to cells at the same time. */
const AT_ONCE = 20;

export interface ObserveInput {
  /** Every deployment of the wave that has a version. */
  readonly deployments: readonly WatchedDeployment[];
  /** Those whose canaries are asked. */
  readonly sample: readonly WatchedDeployment[];
  /** Flows of each canary. */
  readonly flows: number;
  /** When the watch began. */
  readonly since: Date;
}

/**
 * One look at a wave: the alarms of all of its deployments, by account and region; the canaries and counters of
 * the sample. Never rejects: what cannot be seen is in the observation of its deployment.
 */
export async function observeWave(
  cells: Cells,
  input: ObserveInput,
): Promise<readonly DeploymentObservation[]> {
  const { deployments, sample, flows, since } = input;
  const sampled = new Set(sample.map(({ deploymentId }) => deploymentId));
  const [alarms, canaries, counts] = await Promise.all([
    readAlarms(cells, deployments),
    each(sample, (deployment) =>
      deployment.canaryFunctionArn === undefined
        ? Promise.resolve(undefined)
        : cells.canary(deployment, flows),
    ),
    readCounts(cells, sample, since),
  ]);
  return deployments.map((deployment): DeploymentObservation => {
    const { deploymentId, stackName } = deployment;
    const seen = alarms.get(deploymentId);
    const canary = canaries.get(deploymentId);
    const counted = counts.get(stackName);
    const fault = faultOf(seen) ?? faultOf(canary);
    return {
      deploymentId,
      ...(seen && 'value' in seen ? { alarms: seen.value } : {}),
      ...(canary && 'value' in canary && canary.value ? { canary: canary.value } : {}),
      ...(sampled.has(deploymentId) && counted !== undefined ? { counted } : {}),
      ...(fault === undefined ? {} : { unwatched: fault }),
    };
  });
}

type Result<Value> = { readonly value: Value } | { readonly fault: string };

/** Alarms of the deployments that are not OK, by deployment. */
export async function readAlarms(
  cells: Pick<Cells, 'alarms'>,
  deployments: readonly WatchedDeployment[],
): Promise<ReadonlyMap<string, Result<readonly AlarmObservation[]>>> {
  const places = byPlace(deployments);
  const results = new Map<string, Result<readonly AlarmObservation[]>>();
  await bounded(places, async (place) => {
    const [through] = place;
    if (!through) return;
    const names = place.flatMap(({ alarmNames }) => alarmNames);
    const states = await attempt(() => cells.alarms(through, names));
    for (const { deploymentId, alarmNames } of place)
      results.set(deploymentId, 'fault' in states ? states : notOk(alarmNames, states.value));
  });
  return results;
}

const ALL_OK: Result<readonly AlarmObservation[]> = { value: [] };

function notOk(
  names: readonly string[],
  states: ReadonlyMap<string, AlarmObservation['state']>,
): Result<readonly AlarmObservation[]> {
  if (states.size === 0) return ALL_OK;
  let found: AlarmObservation[] | undefined;
  for (const name of names) {
    const state = states.get(name);
    if (state === undefined) continue;
    found ??= [];
    found.push({ name, state });
  }
  return found ? { value: found } : ALL_OK;
}

async function readCounts(
  cells: Cells,
  sample: readonly WatchedDeployment[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const places = byPlace(sample);
  const counts = new Map<string, number>();
  await bounded(places, async (place) => {
    const [through] = place;
    if (!through) return;
    // An API bears its stack's name. Without its count, the canary's own requests count.
    const found = await attempt(() =>
      cells.counts(
        through,
        place.map(({ stackName }) => stackName),
        since,
      ),
    );
    if ('value' in found) for (const [name, count] of found.value) counts.set(name, count);
  });
  return counts;
}

async function each<Value>(
  deployments: readonly WatchedDeployment[],
  ask: (deployment: WatchedDeployment) => Promise<Value>,
): Promise<ReadonlyMap<string, Result<Value>>> {
  const results = new Map<string, Result<Value>>();
  await bounded(deployments, async (deployment) => {
    results.set(deployment.deploymentId, await attempt(() => ask(deployment)));
  });
  return results;
}

async function attempt<Value>(call: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return { value: await call() };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { fault: `${name}: ${message}`.slice(0, 300) };
  }
}

async function bounded<Element>(
  elements: readonly Element[],
  work: (element: Element) => Promise<void>,
): Promise<void> {
  // One for all lines: each takes what the others have left.
  const queue = elements.values();
  const line = async () => {
    for (const next of queue) await work(next);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, elements.length) }, line));
}

function faultOf(result: Result<unknown> | undefined): string | undefined {
  return result && 'fault' in result ? result.fault : undefined;
}

/** Those of one account and region together: one role there speaks for all of them. */
function byPlace(deployments: readonly WatchedDeployment[]): readonly (readonly WatchedDeployment[])[] {
  const places = new Map<string, WatchedDeployment[]>();
  for (const deployment of deployments) {
    const place = `${deployment.account}/${deployment.region}`;
    const known = places.get(place);
    if (known) known.push(deployment);
    else places.set(place, [deployment]);
  }
  return [...places.values()];
}
