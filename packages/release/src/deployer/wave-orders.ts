import type { PlannedDeployment, ReleasePlan } from '../plan/release-plan';
import { ReleaseEngineError } from '../release-error';
import type { DeployOrder, OrderPurpose } from './deploy-order';

/** A run and what it carries where. */
export interface WaveRun {
  readonly runId: string;
  /** The commit. */
  readonly release: string;
  /** Name of the wave. */
  readonly wave: string;
  /** Deployments to order, and no other of the wave. @default all of it */
  readonly only?: readonly string[] | undefined;
}

/** What a Distributed Map needs to know of a wave. */
export interface WaveOrders {
  /** Places alternate: neighbours in the list are in different accounts or regions where the wave allows. */
  readonly orders: readonly DeployOrder[];
  /** Deployments at the same time, everywhere together. */
  readonly maxConcurrency: number;
  /** Failed deployments that do not stop the release. */
  readonly tolerated: number;
}

/** The wave is none of the plan, or the plan is not for the state machine. */
export class WavePlanError extends ReleaseEngineError {
  readonly name = 'WavePlanError';
}

/** Name of the wave of deployments that go away: no name that a manifest can give. */
export const REMOVALS_WAVE = '~removals';
/** Stacks deleted at the same time in one account and region. */
const REMOVAL_PARALLELISM = 5;
/** Children of a Distributed Map that run at the same time at most. */
const MOST_CHILDREN = 10_000;

/**
 * The orders of one wave. A wave's parallelism holds for each account and region: since places alternate, as many
 * run at once as all of them together admit.
 * @throws WavePlanError
 */
export function waveOrders(plan: ReleasePlan, run: WaveRun): WaveOrders {
  const { deployments, parallelism, tolerate, purpose } = waveOf(plan, run.wave);
  const { only, ...of } = run;
  const places = alternate(
    only === undefined ? deployments : deployments.filter(({ deploymentId }) => only.includes(deploymentId)),
  );
  const orders = places.list.map((deployment) => orderOf(deployment, of, purpose));
  return {
    orders,
    maxConcurrency: Math.min(Math.max(1, parallelism * places.count), MOST_CHILDREN),
    tolerated: tolerate,
  };
}

function waveOf(plan: ReleasePlan, name: string) {
  if (name === REMOVALS_WAVE)
    return {
      deployments: plan.removals,
      parallelism: REMOVAL_PARALLELISM,
      // A silo whose tenant's data is still there stays: it must not stop the release.
      tolerate: plan.removals.length,
      purpose: 'delete' as const,
    };
  const wave = plan.waves.find((each) => each.name === name);
  if (wave) return { ...wave, purpose: plan.purpose ?? ('release' as const) };
  const known = plan.waves.map((each) => each.name).join(', ');
  throw new WavePlanError(`wave "${name}" is none of the plan's (${known || 'it has none'})`);
}

function orderOf(
  deployment: PlannedDeployment,
  run: Omit<WaveRun, 'only'>,
  purpose: OrderPurpose,
): DeployOrder {
  // What goes away needs no template.
  const templateDigest = deployment.templateDigest ?? (purpose === 'delete' ? '' : undefined);
  if (templateDigest === undefined)
    throw new WavePlanError(
      `deployment "${deployment.deploymentId}" has no template in the plan: the pipeline deploys it, not the state machine`,
    );
  return { ...deployment, templateDigest, ...run, release: deployment.release ?? run.release, purpose };
}

/** One of each place, then the next of each: the order within a place stays. */
function alternate(deployments: readonly PlannedDeployment[]) {
  const places = new Map<string, PlannedDeployment[]>();
  for (const deployment of deployments) {
    const place = `${deployment.account}/${deployment.region}`;
    const known = places.get(place);
    if (known) known.push(deployment);
    else places.set(place, [deployment]);
  }
  const columns = [...places.values()];
  const rows = Math.max(0, ...columns.map(({ length }) => length));
  const list = Array.from({ length: rows }, (_, row) =>
    columns.flatMap((column) => column[row] ?? []),
  ).flat();
  return { list, count: columns.length };
}
