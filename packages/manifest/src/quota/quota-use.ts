import type { DeploymentTarget } from '../deployment';
import { deploymentTargets } from '../deployment';
import type { Manifest } from '../manifest';
import type { RolloutPlan } from '../rollout';
import { tiersOf } from '../tiers';
import {
  DEPLOYMENT_FOOTPRINT,
  DEPLOYMENT_RESOURCES,
  PLACE_FOOTPRINT,
  POOL_TIER_FOOTPRINT,
  SERVICE_FUNCTIONS,
} from './footprint';
import { pipelineShape } from './pipeline-shape';
import { QUOTAS, type Quota, type QuotaId } from './quotas';

/** From this share of a limit a plan warns. */
const NEAR = 0.8;

export interface QuotaUse extends Quota {
  /** The pipeline, an account, or an account and region. */
  readonly where: string;
  readonly used: number;
  /** Of the limit; above 1 it is broken. */
  readonly share: number;
  readonly verdict: 'ok' | 'near' | 'broken';
  /** The first number of them, of those there, that is too many. @default more of them do not break it */
  readonly breaksAt?: { readonly count: number; readonly of: 'silo tenants' | 'accounts' };
}

type Limits = Readonly<Partial<Record<QuotaId, number>>>;

/**
 * What a plan uses of every quota: of the pipeline's one by one, of an account's the place that uses most.
 *
 * @param raised limits that AWS has raised, by id
 */
export function quotaUses(manifest: Manifest, plan: RolloutPlan, raised: Limits = {}): readonly QuotaUse[] {
  const targets = deploymentTargets(manifest);
  return [...pipelineUses(manifest, plan, raised), ...placeUses(manifest, targets, raised)];
}

function pipelineUses(manifest: Manifest, plan: RolloutPlan, raised: Limits): readonly QuotaUse[] {
  const { engine, pools } = plan;
  const waves = plan.waves.filter(({ skip }) => skip === undefined);
  const sizes = waves.map(({ tenants, approval }) => ({ tenants: tenants.length, approval }));
  const total = sizes.reduce((sum, { tenants }) => sum + tenants, 0);
  /** The pipeline with so many tenants, in waves as large in proportion. */
  const shapeAt = (count: number) =>
    pipelineShape({
      engine,
      pools: pools.length,
      waves:
        total === 0
          ? sizes.map((size, index) => ({ ...size, tenants: index === sizes.length - 1 ? count : 0 }))
          : sizes.map((size) => ({ ...size, tenants: Math.ceil((size.tenants * count) / total) })),
    });
  const tenants = (id: QuotaId, usedAt: (count: number) => number) =>
    use(id, 'pipeline', { usedAt, count: total, of: 'silo tenants' }, raised);
  const named = namedAccounts(manifest, plan);
  const accounts = (id: QuotaId, base: number, each: number) => {
    const usedAt = (count: number) => base + each * count;
    const growth = manifest.toolchain.organization === undefined;
    return use(
      id,
      'pipeline',
      { usedAt: growth ? usedAt : () => usedAt(named), count: named, of: 'accounts' },
      raised,
    );
  };
  return [
    tenants('pipeline-stages', (count) => shapeAt(count).stages),
    tenants('stage-actions', (count) => shapeAt(count).actionsOfLargestStage),
    tenants('pipeline-actions', (count) => shapeAt(count).actions),
    tenants('template-bytes', (count) => shapeAt(count).templateBytes),
    tenants('template-resources', () => DEPLOYMENT_RESOURCES),
    // The CDK's grants on the artifact bucket and its key, per account.
    accounts('bucket-policy', 700, 348),
    accounts('key-policy', 500, 179),
    ...(engine === 'distributed' ? [tenants('map-children', () => simultaneous(plan))] : []),
  ];
}

/** Accounts that the artifacts' policies name: with an organization, those of the pipeline's own stages only. */
function namedAccounts({ toolchain, controlPlane }: Manifest, plan: RolloutPlan): number {
  const always = [toolchain, controlPlane, ...plan.pools];
  const silos =
    toolchain.organization !== undefined && plan.engine === 'distributed'
      ? []
      : plan.waves.flatMap(({ tenants }) => tenants);
  return new Set([...always, ...silos].map(({ account }) => account)).size;
}

/** Deployments that the busiest wave changes at the same time. */
function simultaneous({ waves }: RolloutPlan): number {
  const ofWaves = waves.map(({ parallelism, tenants }) => {
    const perPlace = new Map<string, number>();
    for (const target of tenants) perPlace.set(placeOf(target), (perPlace.get(placeOf(target)) ?? 0) + 1);
    return [...perPlace.values()].reduce((sum, count) => sum + Math.min(count, parallelism), 0);
  });
  return Math.max(0, ...ofWaves);
}

type PlaceQuota = keyof typeof DEPLOYMENT_FOOTPRINT;

function placeUses(
  manifest: Manifest,
  targets: readonly DeploymentTarget[],
  raised: Limits,
): readonly QuotaUse[] {
  const poolTiers = tiersOf(manifest, 'pool').length;
  const counted = (Object.keys(DEPLOYMENT_FOOTPRINT) as PlaceQuota[]).flatMap((id) => {
    const whereOf = QUOTAS[id].scope === 'account' ? accountOf : placeOf;
    const each = DEPLOYMENT_FOOTPRINT[id];
    const ofTier: Partial<Record<PlaceQuota, number>> = POOL_TIER_FOOTPRINT;
    const ofPool = each + Math.max(0, poolTiers - 1) * (ofTier[id] ?? 0);
    const [most] = busiest(targets, whereOf, ({ kind }) => (kind === 'pool' ? ofPool : each));
    if (!most) return [];
    const fixed = PLACE_FOOTPRINT[id] + most.pools * ofPool;
    return use(
      id,
      most.where,
      { usedAt: (count) => fixed + count * each, count: most.silos, of: 'silo tenants' },
      raised,
    );
  });
  const reservedOf = ({ tiers }: DeploymentTarget) =>
    SERVICE_FUNCTIONS * tiers.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  const [most] = busiest(targets, placeOf, reservedOf);
  if (!most || most.weight === 0) return counted;
  const mean = most.silos === 0 ? 0 : most.ofSilos / most.silos;
  const usedAt = (count: number) => Math.round(most.weight - most.ofSilos + count * mean);
  return [
    ...counted,
    use('reserved-concurrency', most.where, { usedAt, count: most.silos, of: 'silo tenants' }, raised),
  ];
}

interface Place {
  readonly where: string;
  weight: number;
  ofSilos: number;
  silos: number;
  pools: number;
}

/** Places with what is in them, the fullest first. */
function busiest(
  targets: readonly DeploymentTarget[],
  whereOf: (target: DeploymentTarget) => string,
  weightOf: (target: DeploymentTarget) => number,
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const target of targets) {
    const where = whereOf(target);
    const place = places.get(where) ?? { where, weight: 0, ofSilos: 0, silos: 0, pools: 0 };
    places.set(where, place);
    const weight = weightOf(target);
    place.weight += weight;
    if (target.kind === 'silo') {
      place.silos += 1;
      place.ofSilos += weight;
    } else place.pools += 1;
  }
  return [...places.values()].sort((left, right) => right.weight - left.weight);
}

function accountOf({ account }: DeploymentTarget): string {
  return account;
}

function placeOf({ account, region }: DeploymentTarget): string {
  return `${account} ${region}`;
}

interface Growth {
  readonly usedAt: (count: number) => number;
  readonly count: number;
  readonly of: 'silo tenants' | 'accounts';
}

function use(id: QuotaId, where: string, { usedAt, count, of }: Growth, raised: Limits): QuotaUse {
  const limit = raised[id] ?? QUOTAS[id].limit;
  const used = usedAt(count);
  const share = used / limit;
  const breaks = firstAbove(usedAt, limit);
  return {
    id,
    ...QUOTAS[id],
    limit,
    where,
    used,
    share,
    verdict: share > 1 ? 'broken' : share >= NEAR ? 'near' : 'ok',
    ...(breaks === undefined ? {} : { breaksAt: { count: breaks, of } }),
  };
}

/** More than anyone has. */
const BEYOND = 2 ** 24;

/** The smallest count whose use is above the limit; uses do not fall. */
function firstAbove(usedAt: (count: number) => number, limit: number): number | undefined {
  if (usedAt(BEYOND) <= limit) return undefined;
  let [low, high] = [0, BEYOND];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (usedAt(middle) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
