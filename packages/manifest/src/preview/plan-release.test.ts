import fc from 'fast-check';
import type { Manifest } from '../manifest';
import { loadManifest } from '../parse';
import { sampleManifest, sampleTenant, written } from '../sample-manifest';
import type { ManifestInput, SiloTenantInput } from '../schema';
import type { StackedChange } from '../template/template-change';
import { planRelease } from './plan-release';
import { sampleCells, sampleFleet } from './sample-fleet';

function load(input: ManifestInput): Manifest {
  return loadManifest(written(input));
}

function withTenants(...tenants: readonly SiloTenantInput[]): Manifest {
  return load(sampleManifest(tenants));
}

describe('what becomes of the tenants', () => {
  const before = withTenants(
    sampleTenant('acme'),
    sampleTenant('globex', { ring: 'canary' }),
    sampleTenant('initech'),
    sampleTenant('umbrella'),
    sampleTenant('stark', { state: 'offboarding' }),
    sampleTenant('wayne', { state: 'offboarding' }),
  );
  const after = withTenants(
    sampleTenant('acme', { cell: 'eu-1', adminEmail: 'new@acme.example.com' }),
    sampleTenant('globex', { version: '0123abc' }),
    sampleTenant('initech', { state: 'offboarding' }),
    sampleTenant('wayne'),
    sampleTenant('hooli'),
  );
  const { tenants, warnings } = planRelease(before, after);

  it('is told by what has to be looked at', () => {
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
    expect({
      ...tenants,
      changed: ids(tenants.changed),
      moved: ids(tenants.moved),
      pinned: ids(tenants.pinned),
      unpinned: ids(tenants.unpinned),
    }).toEqual({
      added: ['hooli'],
      changed: ['acme', 'globex', 'initech', 'wayne'],
      moved: ['acme'],
      pinned: ['globex'],
      unpinned: ['globex'],
      offboarded: ['initech'],
      revived: ['wayne'],
      vanished: ['umbrella'],
      removed: ['stark'],
    });
  });

  it('is told field by field', () => {
    expect(tenants.moved[0]?.fields).toEqual([
      { path: ['cell'], before: 'us-1', after: 'eu-1' },
      { path: ['adminEmail'], before: 'admin@acme.example.com', after: 'new@acme.example.com' },
    ]);
  });

  it('comes with a warning for each that vanished, moved to an empty stack, or left one behind', () => {
    const text = warnings.join('\n');
    expect(text).toContain('tenant "umbrella" is in the manifest no more: its stack granary-umbrella');
    expect(text).toContain(
      'tenant "acme" moves (cell us-1 to eu-1): the release makes an empty granary-acme',
    );
    expect(text).toContain('tenant "stark" is taken out after its tombstone');
  });

  it('is all new when nothing was released yet', () => {
    expect(planRelease(undefined, after).tenants.added).toHaveLength(after.tenants.length);
  });
});

describe('the waves of a preview', () => {
  it('say whom a bad release would reach at most', () => {
    const { waves, stacks, accounts, regions } = planRelease(undefined, load(sampleManifest()));
    expect(waves).toMatchObject([
      { name: 'canary', tenants: 1, share: 0.25, reached: 0.25, pinned: 1, cells: ['us-1'] },
      { name: 'early', tenants: 1, share: 0.25, reached: 0.5, pinned: 0, cells: ['eu-1'] },
      { name: 'everyone', tenants: 2, share: 0.5, reached: 1, cells: ['us-1', 'eu-1'], accounts: 2 },
    ]);
    expect({ stacks, accounts, regions }).toEqual({
      stacks: 7,
      accounts: ['222222222222', '333333333333'],
      regions: ['us-east-1', 'eu-west-1'],
    });
  });

  it('reach nobody when they are skipped, and say why', () => {
    const { rollout, ...sample } = sampleManifest();
    const [canary, ...others] = rollout.waves;
    const skipped = { ...canary, skip: { reason: 'audit of acme' } };
    const preview = planRelease(
      undefined,
      load({ ...sample, rollout: { ...rollout, waves: [skipped, ...others] as typeof rollout.waves } }),
    );
    expect(preview.waves[0]).toMatchObject({ tenants: 0, share: 0, skipped: 'audit of acme' });
    expect(preview.warnings).toContain(
      'wave "canary" is skipped (audit of acme): its 1 tenants keep what they run',
    );
  });
});

describe('the engine of a preview', () => {
  it.each([
    [sampleFleet(3, 2), 'pipeline', '"auto" takes the pipeline up to 50'],
    [sampleFleet(51, 2), 'distributed', '51 silo tenants are more than the 50'],
    [sampleFleet(41, 41), 'distributed', '43 accounts are more than the 40'],
  ] as const)('comes with its reason', (input, mode, why) => {
    const { engine } = planRelease(undefined, load(input));
    expect(engine.mode).toBe(mode);
    expect(engine.why).toContain(why);
  });

  it('counts the accounts that tenants have to themselves', () => {
    const tenants = sampleFleet(41, 1).tenants?.map((tenant, index) => ({
      ...tenant,
      account: `${600_000_000_000 + index}`,
    }));
    const manifest = load({ ...sampleFleet(0, 1), tenants: tenants ?? [] });
    const { engine, accounts } = planRelease(undefined, manifest);
    expect(engine.mode).toBe('distributed');
    expect(accounts).toHaveLength(43);
  });
});

describe('quotas', () => {
  const usesOf = (input: ManifestInput) =>
    new Map(planRelease(undefined, load(input)).quotas.map((use) => [use.id, use]));
  const engine = (name: 'pipeline' | 'distributed') => ({
    rollout: { ...sampleManifest().rollout, engine: name },
  });

  it('say where and at how many tenants they break: in one cell, the APIs that AWS does not raise', () => {
    const apis = usesOf(sampleFleet(450, 1)).get('rest-apis');
    expect(apis).toMatchObject({ where: '500000000000 us-east-1', limit: 600, raisable: false });
    expect(apis).toMatchObject({ used: 452, verdict: 'ok', breaksAt: { count: 599, of: 'silo tenants' } });
  });

  it('refuse what AWS does not raise, and say what to do', () => {
    const { refusals } = planRelease(undefined, load(sampleFleet(700, 1)));
    expect(refusals).toMatchObject([
      {
        kind: 'quota',
        message: expect.stringContaining('702 of 600'),
        advice: expect.stringContaining('cell'),
      },
    ]);
  });

  it('warn of what AWS raises, and are silent once it has', () => {
    const manifest = load(sampleFleet(350, 1));
    const plans = (raised: Record<string, number>) =>
      planRelease(undefined, manifest, { raisedQuotas: raised }).warnings.filter((text) =>
        text.startsWith('usage plans'),
      );
    expect(plans({})).toEqual([
      'usage plans (500000000000 us-east-1): 352 of 300: have AWS raise it before the release',
    ]);
    expect(plans({ 'usage-plans': 1000 })).toEqual([]);
  });

  it('of the pipeline bind with a stage for each tenant, and not in distributed mode', () => {
    const actions = usesOf(sampleFleet(250, 10, engine('pipeline'))).get('pipeline-actions');
    expect(actions?.used).toBeGreaterThan(700);
    expect(actions?.breaksAt?.count).toBeGreaterThan(250);
    const distributed = usesOf(sampleFleet(250, 10, engine('distributed'))).get('pipeline-actions');
    expect(distributed?.breaksAt).toBeUndefined();
  });

  it('of policies break with an account for each tenant, and not with an organization', () => {
    const fleet = sampleFleet(100, 100, engine('distributed'));
    expect(usesOf(fleet).get('bucket-policy')).toMatchObject({
      verdict: 'broken',
      breaksAt: { count: 57, of: 'accounts' },
    });
    const organized = { ...fleet, toolchain: { ...fleet.toolchain, organization: 'o-a1b2c3d4e5' } };
    expect(usesOf(organized).get('bucket-policy')).toMatchObject({ verdict: 'ok' });
    expect(usesOf(organized).get('bucket-policy')?.breaksAt).toBeUndefined();
  });

  it('break at the number that they say, and not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 20, max: 60 }), (cells, tenants) => {
        for (const { id, breaksAt, verdict, scope } of usesOf(sampleFleet(tenants, cells)).values()) {
          if (scope === 'pipeline' || !breaksAt) continue;
          const at = (count: number) => {
            const list = sampleFleet(count, 1).tenants ?? [];
            return usesOf({ ...sampleFleet(0, 1), cells: sampleCells(1), tenants: list }).get(id)?.verdict;
          };
          expect(verdict).not.toBe('broken');
          expect([at(breaksAt.count - 1), at(breaksAt.count)]).toEqual([
            expect.not.stringMatching('broken'),
            'broken',
          ]);
        }
      }),
      { numRuns: 2 },
    );
  });
});

describe('a replacement of a stateful resource', () => {
  const change: StackedChange = {
    resource: 'TablesOrdersACF7C9C0',
    type: 'AWS::DynamoDB::Table',
    kind: 'replaced',
    properties: ['KeySchema'],
    stacks: ['granary-acme', 'granary-globex'],
  };

  it('is refused, by name, with what to do', () => {
    const [refusal] = planRelease(undefined, load(sampleManifest()), { replacements: [change] }).refusals;
    expect(refusal?.message).toBe(
      'TablesOrdersACF7C9C0 (AWS::DynamoDB::Table) is replaced, for its KeySchema, with all that it holds, in granary-acme, granary-globex',
    );
    expect(refusal?.advice).toContain('rollout.confirmedReplacements');
  });

  it('is let through, with a warning, once it is confirmed by name', () => {
    const { rollout, ...sample } = sampleManifest();
    const confirmedReplacements = [{ resource: change.resource, reason: 'rows are copied' }];
    const manifest = load({ ...sample, rollout: { ...rollout, confirmedReplacements } });
    const preview = planRelease(undefined, manifest, { replacements: [change] });
    expect(preview.refusals).toEqual([]);
    expect(preview.warnings.join()).toContain('TablesOrdersACF7C9C0 (AWS::DynamoDB::Table) is replaced');
  });
});

it('another name of the application is refused: every stack would be made anew', () => {
  const sample = sampleManifest();
  const { refusals } = planRelease(load(sample), load({ ...sample, application: 'silage' }));
  expect(refusals).toMatchObject([{ kind: 'application', advice: 'write "granary"' }]);
});
