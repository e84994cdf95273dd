import { deploymentTargets, stackName } from './deployment';
import { ManifestError } from './manifest-error';
import { loadManifest } from './parse';
import { sampleManifest, written } from './sample-manifest';
import { tierModels, tierShards, tiersOf } from './tiers';

const manifest = loadManifest(written(sampleManifest()));

it('lists a deployment for every pool and every silo tenant, pools first', () => {
  expect(
    deploymentTargets(manifest).map(({ kind, id, cell, stackName: name }) => [kind, id, cell, name]),
  ).toEqual([
    ['pool', 'pool-us', 'us-1', 'granary-pool-us'],
    ['pool', 'pool-eu', 'eu-1', 'granary-pool-eu'],
    ['silo', 'acme', 'us-1', 'granary-acme'],
    ['silo', 'globex', 'us-1', 'granary-globex'],
    ['silo', 'initech', 'eu-1', 'granary-initech'],
    ['silo', 'umbrella', 'eu-1', 'granary-umbrella'],
  ]);
});

it('names the stacks of the platform in the same way', () => {
  expect(stackName(manifest, 'control-plane')).toBe('granary-control-plane');
});

it('refuses a hand-made manifest whose references lead nowhere', () => {
  expect(() => deploymentTargets({ ...manifest, cells: [] })).toThrow(ManifestError);
  expect(() => deploymentTargets({ ...manifest, tiers: {} })).toThrow('"platinum" is no silo tier');
});

it('gives tiers by model, and what the functions are told of them', () => {
  expect(tiersOf(manifest, 'silo').map(({ name }) => name)).toEqual(['platinum']);
  expect(tierShards(tiersOf(manifest, 'pool'))).toEqual({ basic: 4, premium: 4 });
  expect(tierModels(tiersOf(manifest))).toEqual({
    basic: { model: 'pool', applicationPlane: 'granary', shards: 4 },
    premium: { model: 'pool', applicationPlane: 'granary', shards: 4 },
    platinum: { model: 'silo', applicationPlane: 'granary', shards: 4 },
  });
});

it('gives a silo tenant the limits of its own in place of its tier’s, and leaves the tier alone', () => {
  const [acme, ...others] = sampleManifest().tenants ?? [];
  const tenants = [{ ...acme, quota: { requestsPerDay: 50_000 } }, ...others];
  const targets = deploymentTargets(loadManifest(written({ ...sampleManifest(), tenants })));
  const limits = targets.map(({ id, tiers: [tier] }) => [
    id,
    tier?.quota.requestsPerDay,
    tier?.throttle.rate,
  ]);
  expect(limits).toContainEqual(['acme', 50_000, 50]);
  expect(limits).toContainEqual(['globex', 1000, 50]);
});

it('gives each deployment the identity and the way of vending that the manifest names for it', () => {
  const identity = { type: 'oidc', issuer: 'https://login.example.com/', audience: 'spa' } as const;
  const { pools = [], tenants = [], ...rest } = sampleManifest();
  const targets = deploymentTargets(
    loadManifest(
      written({
        ...rest,
        pools: pools.map((pool) => ({ ...pool, credentialVending: 'web-identity' })),
        tenants: tenants.map((tenant) => (tenant.id === 'acme' ? { ...tenant, identity } : tenant)),
      }),
    ),
  );
  expect(
    targets.map(({ id, identity: given, credentialVending }) => [id, given?.audience, credentialVending]),
  ).toEqual([
    ['pool-us', undefined, 'web-identity'],
    ['pool-eu', undefined, 'web-identity'],
    ['acme', 'spa', 'authorizer'],
    ['globex', undefined, 'authorizer'],
    ['initech', undefined, 'authorizer'],
    ['umbrella', undefined, 'authorizer'],
  ]);
  expect(targets[2]?.identity?.claims).toEqual({
    userId: 'sub',
    userName: 'email',
    userRole: 'userRole',
    tenantId: 'tenantId',
    tier: 'tier',
  });
});
