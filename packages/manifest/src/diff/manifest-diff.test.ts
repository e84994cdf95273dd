import fc from 'fast-check';
import type { Manifest } from '../manifest';
import { loadManifest } from '../parse';
import { planRelease } from '../preview/plan-release';
import { planRollout } from '../rollout';
import { sampleManifest, sampleTenant, written } from '../sample-manifest';
import type { SiloTenantInput } from '../schema';
import { applyDiff, diffManifests } from './manifest-diff';

const tenants = fc
  .uniqueArray(fc.constantFrom('acme', 'globex', 'initech', 'umbrella', 'hooli', 'stark', 'wayne'))
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .record(
            {
              cell: fc.constantFrom('us-1', 'eu-1'),
              ring: fc.constant('canary'),
              version: fc.constantFrom('0123abc', 'fedcba9'),
              account: fc.constantFrom('444444444444', '555555555555'),
              state: fc.constantFrom('active' as const, 'offboarding' as const),
              quota: fc.record({ requestsPerDay: fc.integer({ min: 1, max: 3 }) }),
            },
            { requiredKeys: [] },
          )
          .map((changes): SiloTenantInput => sampleTenant(id, changes)),
      ),
    ),
  );

const manifests: fc.Arbitrary<Manifest> = fc
  .record({
    tenants,
    pools: fc.subarray(sampleManifest().pools ?? []),
    engine: fc.constantFrom('auto', 'pipeline', 'distributed'),
    early: fc.integer({ min: 6, max: 99 }),
    tiers: fc.shuffledSubarray(['basic', 'premium', 'platinum'], { minLength: 2 }),
    freeze: fc.constantFrom([], [{ from: '2026-12-24', to: '2026-12-26', reason: 'holidays' }]),
  })
  .map(({ tenants: list, pools, engine, early, tiers, freeze }) => {
    const sample = sampleManifest(list);
    const [canary, second, last] = sample.rollout.waves;
    const names = [...new Set([...tiers, 'platinum'])];
    return loadManifest(
      written({
        ...sample,
        pools,
        tiers: Object.fromEntries(names.map((name) => [name, sample.tiers[name]])),
        rollout: { engine, freeze, waves: [canary, { ...second, percentage: early }, last] },
      }),
    );
  });

describe('the difference of two manifests', () => {
  it('applied to the first gives the second, the order of entries included', () => {
    fc.assert(
      fc.property(manifests, manifests, (before, after) => {
        const applied = applyDiff(before, diffManifests(before, after));
        expect(applied).toEqual(after);
        expect(Object.keys(applied.tiers)).toEqual(Object.keys(after.tiers));
        expect(planRollout(applied)).toEqual(planRollout(after));
      }),
    );
  });

  it('of a manifest and itself is nothing', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        const { settings, ...lists } = diffManifests(manifest, manifest);
        expect(settings).toEqual([]);
        for (const list of Object.values(lists))
          expect(list).toEqual({ added: [], changed: [], removed: [] });
      }),
    );
  });

  it('survives JSON, as a release stores it', () => {
    fc.assert(
      fc.property(manifests, manifests, (before, after) => {
        const stored = JSON.parse(JSON.stringify(diffManifests(before, after)));
        expect(applyDiff(before, stored)).toEqual(after);
      }),
    );
  });

  it('counts every tenant once: added, changed, removed, or as it was', () => {
    fc.assert(
      fc.property(manifests, manifests, (before, after) => {
        const { diff, tenants: changes } = planRelease(before, after);
        const { added, changed, removed } = diff.tenants;
        const touched = [...added, ...changed.map((each) => each.after), ...removed].map(({ id }) => id);
        expect(new Set(touched).size).toBe(touched.length);
        expect(after.tenants.length - added.length).toBe(before.tenants.length - removed.length);
        expect([...changes.vanished, ...changes.removed].sort()).toEqual(removed.map(({ id }) => id).sort());
      }),
    );
  });

  it('names a field of a field by its way', () => {
    const manifestOf = (requestsPerDay: number) =>
      loadManifest(written(sampleManifest([sampleTenant('acme', { quota: { requestsPerDay } })])));
    expect(diffManifests(manifestOf(5), manifestOf(6)).tenants.changed[0]?.fields).toEqual([
      { path: ['quota', 'requestsPerDay'], before: 5, after: 6 },
    ]);
  });
});
