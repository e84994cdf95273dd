import type { Deployment, Tenant } from '@granary/api';

/** What the list can be narrowed by. A cell is an account and a region. */
export const FACETS = ['status', 'tier', 'cell', 'wave', 'version'] as const;
export type Facet = (typeof FACETS)[number];

/** A tenant with the place that serves it, and what it is found by. */
export interface TenantRow extends Readonly<Record<Facet, string>> {
  readonly tenant: Tenant;
  /** In lower case: id, name, administrator, deployment. */
  readonly found: string;
}

export interface TenantQuery extends Partial<Readonly<Record<Facet, string>>> {
  /** Words that all must be found, in any case. @default everything */
  readonly text?: string;
}

/** Where it is not known yet which deployment serves a tenant. */
export const UNKNOWN = '–';

export interface TenantIndex {
  readonly rows: readonly TenantRow[];
  /** Values of each facet with the number of tenants, in order. */
  readonly values: Readonly<Record<Facet, readonly (readonly [string, number])[]>>;
}

/** Prepares the list, so that narrowing it down is one walk over ready strings. */
export function tenantIndex(tenants: readonly Tenant[], deployments: readonly Deployment[]): TenantIndex {
  const places = new Map(deployments.map((deployment) => [deployment.deploymentId, deployment]));
  const rows = tenants.map((tenant): TenantRow => {
    const place = places.get(tenant.deploymentId);
    return {
      tenant,
      status: tenant.status,
      tier: tenant.tier,
      cell: place ? `${place.account} ${place.region}` : UNKNOWN,
      wave: place?.wave ?? UNKNOWN,
      version: place?.release ?? UNKNOWN,
      found: [tenant.tenantId, tenant.name, tenant.adminEmail, tenant.deploymentId].join('\n').toLowerCase(),
    };
  });
  return {
    rows,
    values: Object.fromEntries(
      FACETS.map((facet) => [facet, valuesOf(rows, facet)]),
    ) as TenantIndex['values'],
  };
}

function valuesOf(rows: readonly TenantRow[], facet: Facet): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[facet], (counts.get(row[facet]) ?? 0) + 1);
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
}

/** The rows that fit all that is asked for, in their order. */
export function filterTenants({ rows }: TenantIndex, query: TenantQuery): readonly TenantRow[] {
  const words = (query.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const facets = FACETS.filter((facet) => query[facet] !== undefined);
  if (words.length === 0 && facets.length === 0) return rows;
  return rows.filter(
    (row) =>
      facets.every((facet) => row[facet] === query[facet]) && words.every((word) => row.found.includes(word)),
  );
}

export const SORTS = ['tenantId', 'name', 'createdAt', ...FACETS] as const;
export type Sort = (typeof SORTS)[number];

/** Rows in order of a column. */
export function sortTenants(
  rows: readonly TenantRow[],
  sort: Sort,
  descending: boolean,
): readonly TenantRow[] {
  const key = (row: TenantRow): string =>
    sort === 'tenantId' || sort === 'name' || sort === 'createdAt' ? row.tenant[sort] : row[sort];
  const turn = descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [key(left), key(right)];
    return a < b ? -turn : a > b ? turn : 0;
  });
}
