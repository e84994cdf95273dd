import { loadManifest, type Manifest } from '@granary/manifest';
import { CELL_QUOTAS } from '../cloud/published-rates';
import { SimulationError } from '../simulation-error';

export interface FleetOptions {
  /** Silo tenants, 1 or more. */
  readonly tenants: number;
  /** Silo tenants of one account and region. @default 300 */
  readonly tenantsPerCell?: number;
  /** Deployments at the same time in one account and region. @default 50 */
  readonly parallelism?: number;
  /** Failed deployments that do not stop a wave. @default 0 */
  readonly tolerate?: number;
}

/** As many as leave room for pools and for growth under the REST APIs that an account and region can have. */
export const TENANTS_PER_CELL = 300;
/** Of the sample manifest, but for rings. */
const WAVES = [
  { name: 'canary', percentage: 1, bakeMinutes: 60 },
  { name: 'early', percentage: 10, bakeMinutes: 60 },
  { name: 'half', percentage: 50, bakeMinutes: 30 },
  { name: 'everyone', percentage: 100, bakeMinutes: 15 },
] as const;
/** Names of a fleet's waves, in order. */
export const fleetWaves: readonly string[] = WAVES.map(({ name }) => name);
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;

/**
 * A manifest of so many silo tenants, spread evenly over as few cells as hold them, in the waves of the sample
 * manifest.
 * @throws SimulationError for a fleet that its cells cannot hold
 */
export function fleetManifest({
  tenants,
  tenantsPerCell = TENANTS_PER_CELL,
  parallelism = 50,
  tolerate = 0,
}: FleetOptions): Manifest {
  if (!Number.isInteger(tenants) || tenants < 1)
    throw new SimulationError(`a fleet has 1 tenant or more, not ${tenants}`);
  if (tenantsPerCell > CELL_QUOTAS.restApis.value)
    throw new SimulationError(
      `${tenantsPerCell} tenants do not fit into a cell: an account and region has ${CELL_QUOTAS.restApis.value} REST APIs at most, and AWS does not raise it`,
    );
  const cells = Math.ceil(tenants / tenantsPerCell);
  const width = String(tenants).length;
  const manifest = {
    application: 'fleet',
    toolchain: {
      account: '100000000000',
      region: 'us-east-1',
      source: { type: 'codecommit', repository: 'fleet', branch: 'main' },
    },
    controlPlane: { account: '100000000001', region: 'us-east-1' },
    cells: Array.from({ length: cells }, (_, index) => ({
      id: `cell-${index}`,
      account: String(200_000_000_000 + index),
      region: REGIONS[index % REGIONS.length],
    })),
    tiers: {
      platinum: {
        model: 'silo',
        throttle: { burst: 300, rate: 300 },
        quota: { requestsPerDay: 10_000 },
      },
    },
    tenants: Array.from({ length: tenants }, (_, index) => {
      const id = `t-${String(index).padStart(width, '0')}`;
      return {
        id,
        name: id,
        tier: 'platinum',
        cell: `cell-${index % cells}`,
        adminEmail: `admin@${id}.example.com`,
      };
    }),
    rollout: {
      engine: 'distributed',
      waves: WAVES.map((wave) => ({ ...wave, parallelism, tolerate })),
    },
  };
  return loadManifest(JSON.stringify(manifest));
}
