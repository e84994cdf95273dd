import type { ManifestInput, SiloTenantInput } from './schema';

const plan = (model: 'pool' | 'silo') => ({
  model,
  throttle: { burst: 50, rate: 50 },
  quota: { requestsPerDay: 1000 },
});

/** A valid manifest for tests, every optional field left out. */
export function sampleManifest(tenants: readonly SiloTenantInput[] = SAMPLE_TENANTS): ManifestInput {
  return {
    application: 'granary',
    toolchain: {
      account: '111111111111',
      region: 'us-east-1',
      source: { type: 'codecommit', repository: 'granary', branch: 'main' },
    },
    controlPlane: { account: '222222222222', region: 'us-east-1' },
    cells: [
      { id: 'us-1', account: '222222222222', region: 'us-east-1' },
      { id: 'eu-1', account: '333333333333', region: 'eu-west-1' },
    ],
    tiers: { basic: plan('pool'), premium: plan('pool'), platinum: plan('silo') },
    pools: [
      { id: 'pool-us', cell: 'us-1' },
      { id: 'pool-eu', cell: 'eu-1' },
    ],
    tenants: [...tenants],
    rollout: {
      waves: [
        { name: 'canary', percentage: 5, rings: ['canary'], bakeMinutes: 60 },
        { name: 'early', percentage: 25, bakeMinutes: 30 },
        { name: 'everyone', percentage: 100, bakeMinutes: 15 },
      ],
    },
  };
}

export function sampleTenant(id: string, changes: Partial<SiloTenantInput> = {}): SiloTenantInput {
  return { id, name: id, tier: 'platinum', cell: 'us-1', adminEmail: `admin@${id}.example.com`, ...changes };
}

/** Percentiles: acme 50.8, globex 35.8, initech 30.0, umbrella 16.2. */
const SAMPLE_TENANTS: readonly SiloTenantInput[] = [
  sampleTenant('acme', { ring: 'canary' }),
  sampleTenant('globex'),
  sampleTenant('initech', { cell: 'eu-1' }),
  sampleTenant('umbrella', { cell: 'eu-1' }),
];

/** The text of a manifest. */
export function written(manifest: unknown): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
