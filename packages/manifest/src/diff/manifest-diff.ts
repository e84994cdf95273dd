import type { Cell, Manifest, Pool, SiloTenant } from '../manifest';
import type { Wave } from '../rollout-fields';
import { type NamedTier, tiersOf } from '../tiers';
import { type FieldChange, fieldChanges, withFieldChanges } from './field-change';
import { applyListDiff, diffList, type ListDiff } from './keyed-list';

/** All that two manifests differ in: what is not in it is the same in both. */
export interface ManifestDiff {
  readonly tenants: ListDiff<SiloTenant>;
  readonly pools: ListDiff<Pool>;
  readonly cells: ListDiff<Cell>;
  readonly tiers: ListDiff<NamedTier>;
  readonly waves: ListDiff<Wave>;
  /** All other fields, from the top: `rollout.engine`, `toolchain.account`. */
  readonly settings: readonly FieldChange[];
}

const byId = ({ id }: { readonly id: string }) => id;
const byName = ({ name }: { readonly name: string }) => name;

export function diffManifests(before: Manifest, after: Manifest): ManifestDiff {
  return {
    tenants: diffList(before.tenants, after.tenants, byId),
    pools: diffList(before.pools, after.pools, byId),
    cells: diffList(before.cells, after.cells, byId),
    tiers: diffList(tiersOf(before), tiersOf(after), byName),
    waves: diffList(before.rollout.waves, after.rollout.waves, byName),
    settings: fieldChanges(settingsOf(before), settingsOf(after)),
  };
}

/** `applyDiff(a, diffManifests(a, b))` is `b`. */
export function applyDiff(before: Manifest, diff: ManifestDiff): Manifest {
  const settings = withFieldChanges(settingsOf(before), diff.settings);
  return {
    ...settings,
    tenants: applyListDiff(before.tenants, diff.tenants, byId),
    pools: applyListDiff(before.pools, diff.pools, byId),
    cells: applyListDiff(before.cells, diff.cells, byId),
    tiers: Object.fromEntries(
      applyListDiff(tiersOf(before), diff.tiers, byName).map(({ name, ...tier }) => [name, tier]),
    ),
    rollout: {
      ...settings.rollout,
      waves: applyListDiff(before.rollout.waves, diff.waves, byName),
    },
  };
}

type Settings = Omit<Manifest, 'tenants' | 'pools' | 'cells' | 'tiers' | 'rollout'> & {
  readonly rollout: Omit<Manifest['rollout'], 'waves'>;
};

function settingsOf(manifest: Manifest): Settings {
  const { tenants: _tenants, pools: _pools, cells: _cells, tiers: _tiers, rollout, ...others } = manifest;
  const { waves: _waves, ...rest } = rollout;
  return { ...others, rollout: rest };
}
