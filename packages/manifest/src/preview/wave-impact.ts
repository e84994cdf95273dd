import type { DeploymentTarget } from '../deployment';
import type { PlannedWave, RolloutPlan } from '../rollout';

/** Whom a wave reaches: what a bad release does at most before its gate. */
export interface WaveImpact {
  readonly name: string;
  /** From 0. */
  readonly index: number;
  readonly tenants: number;
  /** Of all tenants that the release reaches, 0 to 1. */
  readonly share: number;
  /** With the waves before it, 0 to 1. */
  readonly reached: number;
  /** Tenants of the wave by ring; the others are in it by their percentile. */
  readonly pinned: number;
  /** Ids, in the order of the manifest's tenants. */
  readonly cells: readonly string[];
  readonly accounts: number;
  readonly approval: boolean;
  readonly bakeMinutes: number;
  /** @default it is released */
  readonly skipped?: string;
}

/** A wave that is skipped reaches nobody. */
export function waveImpacts({ waves }: RolloutPlan): readonly WaveImpact[] {
  const sizes = waves.map(({ tenants, skip }) => (skip ? 0 : tenants.length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  return waves.map((wave, index) => {
    const size = sizes[index] ?? 0;
    before += size;
    return impactOf(wave, size, total, before);
  });
}

function impactOf(wave: PlannedWave, size: number, total: number, reached: number): WaveImpact {
  const { name, index, approval, bakeMinutes, skip, tenants } = wave;
  const targets = skip ? [] : tenants;
  const shareOf = (count: number) => (total === 0 ? 0 : count / total);
  return {
    ...{ name, index, approval, bakeMinutes },
    tenants: size,
    share: shareOf(size),
    reached: shareOf(reached),
    pinned: targets.filter(({ placedBy }) => placedBy === 'ring').length,
    cells: distinct(targets, ({ cell }) => cell),
    accounts: distinct(targets, ({ account }) => account).length,
    ...(skip ? { skipped: skip.reason } : {}),
  };
}

/** Values, each once, in their order. */
export function distinct<T extends DeploymentTarget>(
  targets: readonly T[],
  partOf: (target: T) => string,
): readonly string[] {
  return [...new Set(targets.map(partOf))];
}
