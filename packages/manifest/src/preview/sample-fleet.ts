import { sampleManifest, sampleTenant } from '../sample-manifest';
import type { ManifestInput, SiloTenantInput } from '../schema';

/** Names of cells: `cell-0`, `cell-1`. */
export function sampleCells(count: number): ManifestInput['cells'] {
  return Array.from({ length: count }, (_, index) => ({
    id: `cell-${index}`,
    account: `${500_000_000_000 + index}`,
    region: 'us-east-1',
  }));
}

/** So many tenants over so many cells, one pool. */
export function sampleFleet(
  tenants: number,
  cells: number,
  changes: Partial<ManifestInput> = {},
): ManifestInput {
  const list = Array.from(
    { length: tenants },
    (_, index): SiloTenantInput => sampleTenant(`tenant-${index}`, { cell: `cell-${index % cells}` }),
  );
  return {
    ...sampleManifest(list),
    cells: sampleCells(cells),
    pools: [{ id: 'pool-us', cell: 'cell-0' }],
    ...changes,
  };
}
