import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 4 accounts in 3 regions; more when the tenants need them. */
const LEAST_CELLS = 12;
/** Silo tenants that one account and region carries, with room. */
const TENANTS_OF_A_CELL = 250;
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

export interface FleetOptions {
  readonly tenants: number;
  /** @default as the project's manifest says */
  readonly engine?: 'pipeline' | 'distributed';
}

/** The project's manifest with so many silo tenants, evenly over cells of their own. */
export async function writeFleet(source: string, file: string, options: FleetOptions): Promise<void> {
  const manifest = JSON.parse(await readFile(join(source, 'tenants.json'), 'utf8'));
  await writeFile(file, `${JSON.stringify(fleetOf(manifest, options), undefined, 2)}\n`);
}

interface ManifestText {
  readonly toolchain: object;
  readonly cells: readonly object[];
  readonly tiers: Readonly<Record<string, { readonly model: string }>>;
  readonly rollout: object;
}

export function fleetOf<T extends ManifestText>(manifest: T, { tenants, engine }: FleetOptions): T {
  const [tier] = Object.entries(manifest.tiers).find(([, { model }]) => model === 'silo') ?? ['platinum'];
  const count = Math.max(LEAST_CELLS, Math.ceil(tenants / TENANTS_OF_A_CELL));
  const cells = Array.from({ length: count }, (_, index) => ({
    id: `fleet-${index}`,
    account: `${500_000_000_000 + Math.floor(index / REGIONS.length)}`,
    region: REGIONS[index % REGIONS.length],
  }));
  return {
    ...manifest,
    // As an installation with many accounts has it: policies that name each would be too long.
    toolchain: { ...manifest.toolchain, organization: 'o-exampleorg1' },
    cells: [...manifest.cells, ...cells],
    tenants: Array.from({ length: tenants }, (_, index) => ({
      ...{ id: `tenant-${index}`, name: `Tenant ${index}`, tier, cell: `fleet-${index % count}` },
      adminEmail: `admin@tenant-${index}.example.com`,
    })),
    rollout: { ...manifest.rollout, ...(engine ? { engine } : {}) },
  };
}
