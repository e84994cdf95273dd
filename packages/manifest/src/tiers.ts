import type { Manifest, Tier, TierModel, TierOnboarding, TierPrice } from './manifest';

export interface NamedTier extends Tier {
  readonly name: string;
}

/** The tiers in the order of the manifest; of one model only, when given. */
export function tiersOf(manifest: Manifest, model?: TierModel): readonly NamedTier[] {
  return Object.entries(manifest.tiers)
    .map(([name, tier]) => ({ name, ...tier }))
    .filter((tier) => model === undefined || tier.model === model);
}

/** Shards by tier name: what the services' TIER_SHARDS holds. */
export function tierShards(tiers: readonly NamedTier[]): Readonly<Record<string, number>> {
  return Object.fromEntries(tiers.map(({ name, shards }) => [name, shards]));
}

/** Model by tier name, and who serves it: what the registration function's TIERS holds. */
export function tierModels(
  tiers: readonly NamedTier[],
): Readonly<Record<string, Pick<NamedTier, 'model' | 'applicationPlane' | 'shards'>>> {
  return Object.fromEntries(
    tiers.map(({ name, model, applicationPlane, shards }) => [name, { model, applicationPlane, shards }]),
  );
}

/** How tenants of each silo tier get into the manifest, by tier name: what the onboarding function's SILO_ONBOARDING holds. */
export function siloOnboarding(manifest: Manifest): Readonly<Record<string, Required<TierOnboarding>>> {
  const [first] = manifest.cells;
  return Object.fromEntries(
    tiersOf(manifest, 'silo').map(({ name, onboarding }) => [
      name,
      { change: onboarding?.change ?? 'pull-request', cell: onboarding?.cell ?? first?.id ?? '' },
    ]),
  );
}

/** A tier, as a buyer sees it. */
export interface TierPlan {
  readonly model: TierModel;
  readonly limits: Pick<Tier, 'throttle' | 'quota'>;
  readonly price?: TierPrice;
}

/** What each tier allows and costs, by tier name: what the billing functions' PLANS holds. */
export function tierPlans(tiers: readonly NamedTier[]): Readonly<Record<string, TierPlan>> {
  return Object.fromEntries(
    tiers.map(({ name, model, throttle, quota, price }) => [
      name,
      { model, limits: { throttle, quota }, ...(price ? { price } : {}) },
    ]),
  );
}
