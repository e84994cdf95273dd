import fc from 'fast-check';
import { RESERVED_DEPLOYMENT_IDS } from './deployment';
import type { Manifest } from './manifest';
import { RolloutError } from './manifest-error';
import { loadManifest } from './parse';
import { percentileOf } from './percentile';
import { planRollout, type RolloutPlan } from './rollout';
import { sampleManifest, sampleTenant, written } from './sample-manifest';
import type { ManifestInput, SiloTenantInput } from './schema';

const RESERVED = new Set([...RESERVED_DEPLOYMENT_IDS, 'pool-us', 'pool-eu', 'canary', 'early', 'everyone']);
const ids = fc.uniqueArray(
  fc.stringMatching(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/).filter((id) => !RESERVED.has(id)),
  { maxLength: 30 },
);
const tenants = ids.chain((all) =>
  fc.tuple(
    ...all.map((id) =>
      fc
        .record(
          {
            ring: fc.constant('canary'),
            state: fc.constantFrom('active' as const, 'offboarding' as const),
            version: fc.constant('0123abc'),
          },
          { requiredKeys: [] },
        )
        .map((changes) => sampleTenant(id, changes)),
    ),
  ),
);

function manifestOf(list: readonly SiloTenantInput[], rollout?: Partial<ManifestInput['rollout']>): Manifest {
  const sample = sampleManifest(list);
  return loadManifest(written({ ...sample, rollout: { ...sample.rollout, ...rollout } }));
}

function waveIndexes(plan: RolloutPlan): ReadonlyMap<string, number> {
  return new Map(plan.waves.flatMap(({ tenants: members, index }) => members.map(({ id }) => [id, index])));
}

function waves(...percentages: readonly number[]): ManifestInput['rollout'] {
  return {
    waves: percentages.map((percentage, index) => ({
      name: `wave-${index}`,
      percentage,
      bakeMinutes: 1,
      ...(index === 0 ? { rings: ['canary'] } : {}),
    })),
  };
}

describe('the sample', () => {
  const plan = planRollout(manifestOf(sampleManifest().tenants ?? []));

  it('is spread over the waves by ring and percentile', () => {
    expect(plan.waves.map(({ name, tenants: members }) => [name, members.map(({ id }) => id)])).toEqual([
      ['canary', ['acme']],
      ['early', ['umbrella']],
      ['everyone', ['globex', 'initech']],
    ]);
    expect(plan.warnings).toEqual([]);
  });

  it('tells each placement its account, region, stack, tier and reason', () => {
    const [canary, early] = plan.waves;
    expect(canary?.tenants[0]).toMatchObject({
      kind: 'silo',
      account: '222222222222',
      region: 'us-east-1',
      stackName: 'granary-acme',
      placedBy: 'ring',
    });
    expect(early?.tenants[0]).toMatchObject({
      cell: 'eu-1',
      placedBy: 'percentage',
      tiers: [{ name: 'platinum' }],
    });
  });

  it('puts the pools before the waves, with every pool tier', () => {
    expect(plan.pools.map(({ id, tiers }) => [id, tiers.map(({ name }) => name)])).toEqual([
      ['pool-us', ['basic', 'premium']],
      ['pool-eu', ['basic', 'premium']],
    ]);
  });
});

describe('membership', () => {
  it('is sha256 of the id: a value that no release of this package may change', () => {
    expect(['acme', 'globex', 'initech', 'umbrella'].map((id) => percentileOf(id).toFixed(4))).toEqual([
      '50.8472',
      '35.8423',
      '30.0233',
      '16.1933',
    ]);
  });

  it('puts every active tenant that is not held into exactly one wave, and no other', () => {
    fc.assert(
      fc.property(tenants, (list) => {
        const plan = planRollout(manifestOf(list));
        const placed = plan.waves.flatMap(({ tenants: members }) => members.map(({ id }) => id));
        const due = list.filter(({ state, version }) => state !== 'offboarding' && version === undefined);
        expect([...placed].sort()).toEqual(due.map(({ id }) => id).sort());
        expect(placed.length + plan.held.length + plan.offboarding.length).toBe(list.length);
      }),
    );
  });

  it('does not change when other tenants come and go', () => {
    fc.assert(
      fc.property(tenants, fc.infiniteStream(fc.boolean()), (list, kept) => {
        const some = list.filter(() => kept.next().value);
        const all = waveIndexes(planRollout(manifestOf(list)));
        for (const [id, index] of waveIndexes(planRollout(manifestOf(some)))) expect(all.get(id)).toBe(index);
      }),
    );
  });

  it('never moves to a later wave when a percentage grows', () => {
    const growth = fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 })
      .map((numbers) => [...numbers].sort((left, right) => left - right) as [number, number, number]);
    fc.assert(
      fc.property(tenants, growth, (list, [first, second, third]) => {
        const before = waveIndexes(planRollout(manifestOf(list, waves(first, third, 100))));
        const after = waveIndexes(planRollout(manifestOf(list, waves(second, third, 100))));
        for (const [id, index] of before) expect(after.get(id)).toBeLessThanOrEqual(index);
      }),
    );
  });
});

describe('what a release passes by', () => {
  it('is a tenant held at a version, and the plan says so', () => {
    const plan = planRollout(manifestOf([sampleTenant('acme', { version: '0123abc' })]));
    expect(plan.held.map(({ id }) => id)).toEqual(['acme']);
    expect(plan.warnings).toContain('tenant "acme" is held at version 0123abc: this release passes it by');
  });

  it('is a tenant on its way out, and the plan says when its stack goes', () => {
    const plan = planRollout(manifestOf([sampleTenant('acme', { state: 'offboarding' })]));
    expect(plan.offboarding.map(({ id }) => id)).toEqual(['acme']);
    expect(plan.warnings.join()).toContain('its stack granary-acme goes once its data is purged');
  });

  it('leaves an empty wave in its place', () => {
    const plan = planRollout(manifestOf([sampleTenant('acme')]));
    expect(plan.waves.map(({ index, empty }) => [index, empty])).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
  });
});

describe('warnings', () => {
  it('name pool tiers that differ in shards', () => {
    const sample = sampleManifest();
    const tiers = { ...sample.tiers, premium: { ...sample.tiers.basic, shards: 8 } };
    const plan = planRollout(loadManifest(written({ ...sample, tiers })));
    expect(plan.warnings.join()).toContain('tiers "basic" and "premium" differ in shards');
  });

  it('say what switching the isolation of tenants does', () => {
    const sample = sampleManifest();
    const platinum = { ...sample.tiers.platinum, tenantIsolation: 'per-tenant' };
    const plan = planRollout(loadManifest(written({ ...sample, tiers: { ...sample.tiers, platinum } })));
    expect(plan.warnings.join()).toContain('replaces the functions at once, without a canary');
  });

  it('name a tolerance that the pipeline engine cannot keep', () => {
    const last = { name: 'all', percentage: 100, rings: ['canary'], bakeMinutes: 1, tolerate: 2 };
    const plan = planRollout(manifestOf(sampleManifest().tenants ?? [], { waves: [last] }));
    expect(plan.warnings).toEqual([
      'wave "all" tolerates failures: the pipeline engine stops at the first one',
    ]);
  });
});

describe('the engine', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => sampleTenant(`tenant-${index}`));
  const cellsOf = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `cell-${index}`,
      account: `${500000000000 + index}`,
      region: 'us-east-1',
    }));

  it.each([
    { tenants: 50, engine: 'auto', plans: 'pipeline' },
    { tenants: 51, engine: 'auto', plans: 'distributed' },
    { tenants: 1, engine: 'distributed', plans: 'distributed' },
    { tenants: 250, engine: 'pipeline', plans: 'pipeline' },
  ] as const)('is $plans for $tenants tenants and "$engine"', ({ tenants: count, engine, plans }) => {
    expect(planRollout(manifestOf(many(count), { engine })).engine).toBe(plans);
  });

  it('counts accounts: 40 with the toolchain and the control plane fit the pipeline, 41 do not', () => {
    const engineOf = (cells: number) => {
      const sample = { ...sampleManifest([]), pools: [], cells: cellsOf(cells) };
      return planRollout(loadManifest(written(sample))).engine;
    };
    expect([engineOf(38), engineOf(39)]).toEqual(['pipeline', 'distributed']);
  });

  it('does not count tenants on their way out', () => {
    const leaving = many(60).map((tenant, index) =>
      index < 10 ? { ...tenant, state: 'offboarding' as const } : tenant,
    );
    expect(planRollout(manifestOf(leaving)).engine).toBe('pipeline');
  });

  it('cannot be the pipeline for 251 tenants, whoever made the manifest', () => {
    const manifest = manifestOf(many(251));
    const forced: Manifest = { ...manifest, rollout: { ...manifest.rollout, engine: 'pipeline' } };
    expect(() => planRollout(forced)).toThrow(RolloutError);
    expect(() => planRollout(forced)).toThrow('not 251; set the engine to "distributed"');
  });
});

it('ten thousand tenants spread over the waves as the percentages say', () => {
  const list = Array.from({ length: 10_000 }, (_, index) => sampleTenant(`tenant-${index}`));
  const placed = planRollout(manifestOf(list)).waves.map(({ tenants: members }) => members.length);
  for (const [index, share] of [500, 2000, 7500].entries())
    expect(Math.abs((placed[index] ?? 0) - share)).toBeLessThan(200);
});
