import type { Cell, DeploymentIdentity, Manifest, SiloTenant } from './manifest';
import { ManifestError } from './manifest-error';
import { type NamedTier, tiersOf } from './tiers';

/** Stacks that are not deployments, and the release engine's canary: no pool and no tenant takes their names. */
export const RESERVED_DEPLOYMENT_IDS = ['control-plane', 'granary-canary', 'pipeline', 'release'] as const;

interface TargetBase extends DeploymentIdentity {
  /** Pool id or tenant id: one namespace. */
  readonly id: string;
  /** Id of the cell. */
  readonly cell: string;
  readonly account: string;
  readonly region: string;
  /** `<application>-<id>`. */
  readonly stackName: string;
  /** Tiers whose tenants it serves: all pool tiers for a pool, one, with its own limits, for a silo tenant. */
  readonly tiers: readonly NamedTier[];
}

/** A stack that tenants share. */
export interface PoolTarget extends TargetBase {
  readonly kind: 'pool';
}

/** A stack of one tenant. */
export interface TenantTarget extends TargetBase {
  readonly kind: 'silo';
  readonly tenant: SiloTenant;
}

/** One stack of the application plane: where it goes and whom it serves. */
export type DeploymentTarget = PoolTarget | TenantTarget;

/** `<application>-<id>`: for a deployment, `control-plane` or `pipeline`. */
export function stackName(manifest: Pick<Manifest, 'application'>, id: string): string {
  return `${manifest.application}-${id}`;
}

/** Every pool, in the order of the manifest. */
export function poolTargets(manifest: Manifest): readonly PoolTarget[] {
  const tiers = tiersOf(manifest, 'pool');
  const cells = cellsOf(manifest);
  return manifest.pools.map((pool) => ({
    kind: 'pool',
    id: pool.id,
    ...placeOf(manifest, cells, pool),
    ...identityOf(pool),
    tiers,
  }));
}

/** Every silo tenant, whatever its state, in the order of the manifest. */
export function tenantTargets(manifest: Manifest): readonly TenantTarget[] {
  const tiers = new Map(tiersOf(manifest, 'silo').map((tier) => [tier.name, tier]));
  const cells = cellsOf(manifest);
  return manifest.tenants.map((tenant) => {
    const tier = tiers.get(tenant.tier);
    if (!tier)
      throw new ManifestError(`tenant "${tenant.id}": "${tenant.tier}" is no silo tier of the manifest`);
    return {
      kind: 'silo',
      id: tenant.id,
      ...placeOf(manifest, cells, tenant),
      ...identityOf(tenant),
      tiers: [withOwnLimits(tier, tenant)],
      tenant,
    };
  });
}

function withOwnLimits(tier: NamedTier, { throttle, quota }: SiloTenant): NamedTier {
  return { ...tier, ...(throttle ? { throttle } : {}), ...(quota ? { quota } : {}) };
}

/** Every deployment: pools, then silo tenants. */
export function deploymentTargets(manifest: Manifest): readonly DeploymentTarget[] {
  return [...poolTargets(manifest), ...tenantTargets(manifest)];
}

function cellsOf({ cells }: Manifest): ReadonlyMap<string, Cell> {
  return new Map(cells.map((cell) => [cell.id, cell]));
}

/** The cell's account and region, unless the tenant has its own. */
function placeOf(
  manifest: Manifest,
  cells: ReadonlyMap<string, Cell>,
  { id, cell: cellId, account, region }: Pick<SiloTenant, 'id' | 'cell' | 'account' | 'region'>,
) {
  const cell = cells.get(cellId);
  if (!cell) throw new ManifestError(`"${id}": "${cellId}" is no cell of the manifest`);
  return {
    cell: cell.id,
    account: account ?? cell.account,
    region: region ?? cell.region,
    stackName: stackName(manifest, id),
  };
}

function identityOf({ identity, credentialVending }: DeploymentIdentity): DeploymentIdentity {
  return { ...(identity ? { identity } : {}), credentialVending };
}
