import { type PoolTarget, poolTargets, type TenantTarget, tenantTargets } from './deployment';
import { chooseEngine, type PlannedEngine } from './engine';
import type { Cell, Manifest } from './manifest';
import { RolloutError } from './manifest-error';
import { percentileOf } from './percentile';
import { planWarnings } from './plan-warnings';
import type { Freeze, ReleaseWindow, Wave } from './rollout-fields';

/** A silo tenant in the wave it belongs to. */
export interface TenantPlacement extends TenantTarget {
  /** In [0, 100): compared with the waves' cumulative percentages. */
  readonly percentile: number;
  readonly placedBy: 'ring' | 'percentage';
}

export interface PlannedWave extends Wave {
  /** From 0. */
  readonly index: number;
  /** In the order of the manifest. */
  readonly tenants: readonly TenantPlacement[];
  /** No tenant is in it today; it stays in the plan, so that the waves after it keep their index. */
  readonly empty: boolean;
}

/** What a release does, in order: every pool, then the waves. */
export interface RolloutPlan {
  readonly engine: PlannedEngine;
  readonly cells: readonly Cell[];
  /** Deployed at the same time, before the first wave. */
  readonly pools: readonly PoolTarget[];
  readonly waves: readonly PlannedWave[];
  /** Active tenants pinned to a version: the release passes them by. */
  readonly held: readonly TenantTarget[];
  /** Tenants on their way out: the release passes them by, and their stacks stay. */
  readonly offboarding: readonly TenantTarget[];
  readonly windows: readonly ReleaseWindow[];
  readonly freeze: readonly Freeze[];
  /** What is allowed and probably not meant. */
  readonly warnings: readonly string[];
}

/**
 * Sorts the silo tenants into waves. A tenant's ring decides; without one, the first wave whose cumulative
 * percentage lies above the tenant's percentile. Pure: the manifest alone decides.
 *
 * @throws RolloutError if the manifest asks for the pipeline engine with more tenants than it carries.
 */
export function planRollout(manifest: Manifest): RolloutPlan {
  const engine = chooseEngine(manifest);
  const targets = tenantTargets(manifest);
  const released = targets.filter(({ tenant }) => tenant.state === 'active' && tenant.version === undefined);
  const held = targets.filter(({ tenant }) => tenant.state === 'active' && tenant.version !== undefined);
  const offboarding = targets.filter(({ tenant }) => tenant.state === 'offboarding');
  const members = new Map<Wave, TenantPlacement[]>(manifest.rollout.waves.map((wave) => [wave, []]));
  for (const target of released) {
    const placement = placeTenant(target);
    members.get(waveOf(manifest, placement))?.push(placement);
  }
  const waves = manifest.rollout.waves.map((wave, index): PlannedWave => {
    const tenants = members.get(wave) ?? [];
    return { ...wave, index, tenants, empty: tenants.length === 0 };
  });
  const { windows, freeze } = manifest.rollout;
  const plan = {
    engine,
    cells: manifest.cells,
    pools: poolTargets(manifest),
    waves,
    held,
    offboarding,
    windows,
    freeze,
  };
  return { ...plan, warnings: planWarnings(manifest, plan) };
}

function placeTenant(target: TenantTarget): TenantPlacement {
  const placedBy = target.tenant.ring === undefined ? 'percentage' : 'ring';
  return { ...target, percentile: percentileOf(target.id), placedBy };
}

function waveOf(manifest: Manifest, { tenant, percentile }: TenantPlacement): Wave {
  const { ring } = tenant;
  const { waves } = manifest.rollout;
  const wave = waves.find((candidate) =>
    ring === undefined ? percentile < (candidate.percentage ?? 0) : candidate.rings.includes(ring),
  );
  if (wave) return wave;
  throw new RolloutError(
    ring === undefined
      ? `tenant "${tenant.id}" is in no wave: the last wave must reach 100 percent`
      : `tenant "${tenant.id}" is in no wave: no wave names its ring "${ring}"`,
  );
}
