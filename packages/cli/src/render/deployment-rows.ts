import type { Deployment, FleetEntry, Tenant } from '@granary/api';
import type { Manifest } from '@granary/manifest';
import { shortRelease } from './release';
import type { Column } from './table';

/** A tenant with the place and the release that serve it. */
export interface TenantRow {
  readonly tenantId: string;
  readonly tier: string;
  readonly status: string;
  /** The stack that serves it; unknown to nobody but the control plane. */
  readonly deploymentId: string;
  readonly cell: string;
  readonly account: string;
  readonly region: string;
  readonly wave: string;
  /** Short commit id. */
  readonly release: string;
}

const UNKNOWN = '-';

/** The cell of an account and region, as the manifest names it. */
export function cellOf(
  manifest: Manifest,
  place: { readonly account: string; readonly region: string },
): string {
  const cell = manifest.cells.find(
    ({ account, region }) => account === place.account && region === place.region,
  );
  return cell?.id ?? UNKNOWN;
}

/** Tenants in the order of their cells, then deployments, then ids. */
export function tenantRows(
  manifest: Manifest,
  tenants: readonly Tenant[],
  deployments: readonly Deployment[],
): readonly TenantRow[] {
  const rows = tenants.map(({ tenantId, tier, status, deploymentId }): TenantRow => {
    const found = deployments.find((deployment) => deployment.deploymentId === deploymentId);
    const { account = UNKNOWN, region = UNKNOWN, wave = UNKNOWN } = found ?? {};
    const cell = found ? cellOf(manifest, found) : UNKNOWN;
    const release = found ? shortRelease(found.release) : UNKNOWN;
    return { tenantId, tier, status, deploymentId, cell, account, region, wave, release };
  });
  const order = manifest.cells.map(({ id }) => id);
  const rank = ({ cell }: TenantRow) => (order.indexOf(cell) + order.length + 1) % (order.length + 1);
  return rows.sort(
    (one, other) =>
      rank(one) - rank(other) ||
      one.deploymentId.localeCompare(other.deploymentId) ||
      one.tenantId.localeCompare(other.tenantId),
  );
}

export const TENANT_COLUMNS: readonly Column<TenantRow>[] = [
  { title: 'tenant', value: ({ tenantId }) => tenantId },
  { title: 'tier', value: ({ tier }) => tier },
  { title: 'state', value: ({ status }) => status },
  { title: 'runs on', value: ({ deploymentId }) => deploymentId },
  { title: 'cell', value: ({ cell }) => cell },
  { title: 'account', value: ({ account }) => account },
  { title: 'region', value: ({ region }) => region },
  { title: 'wave', value: ({ wave }) => wave },
  { title: 'release', value: ({ release }) => release },
];

/** Columns of the deployments themselves. @param states @default without the column that tells of drift */
export function deploymentColumns(
  manifest: Manifest,
  states?: readonly FleetEntry[],
): readonly Column<Deployment>[] {
  const stateOf = new Map(states?.map(({ deploymentId, state }) => [deploymentId, state]));
  return [
    { title: 'deployment', value: ({ deploymentId }) => deploymentId },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'cell', value: (deployment) => cellOf(manifest, deployment) },
    { title: 'account', value: ({ account }) => account },
    { title: 'region', value: ({ region }) => region },
    { title: 'wave', value: ({ wave }) => wave },
    { title: 'release', value: ({ release }) => shortRelease(release) },
    { title: 'deployed', value: ({ deployedAt }) => deployedAt.slice(0, 19).replace('T', ' ') },
    ...(states
      ? [{ title: 'drift', value: ({ deploymentId }: Deployment) => stateOf.get(deploymentId) ?? UNKNOWN }]
      : []),
  ];
}
