import fc from 'fast-check';
import { planChanges } from './plan-changes';
import type { ReleasePlan } from './release-plan';

interface Silo {
  readonly id: string;
  readonly state: 'released' | 'leaving' | 'held';
  readonly wave: 'canary' | 'everyone';
  readonly region: 'us-east-1' | 'eu-west-1';
}

function planOf(silos: readonly Silo[]): ReleasePlan {
  const deployment = ({ id, region }: Silo) => ({
    deploymentId: id,
    kind: 'silo' as const,
    account: '222222222222',
    region,
    stackName: `granary-${id}`,
    parameters: {},
  });
  const wave = (name: string, index: number) => ({
    ...{ name, index, bakeMinutes: 1, minimumSamples: 1, parallelism: 1, tolerate: 0, approval: false },
    deployments: silos.filter((each) => each.state === 'released' && each.wave === name).map(deployment),
  });
  return {
    application: 'granary',
    engine: 'pipeline',
    pools: [],
    waves: [wave('canary', 0), wave('everyone', 1)],
    removals: silos.filter(({ state }) => state === 'leaving').map(deployment),
    held: silos
      .filter(({ state }) => state === 'held')
      .map(({ id, region }) => ({
        deploymentId: id,
        account: '222222222222',
        region,
        version: 'abcdef0',
      })),
  };
}

const silo = (more: Partial<Silo> = {}): Silo => ({
  id: 'acme',
  state: 'released',
  wave: 'canary',
  region: 'us-east-1',
  ...more,
});

test.each([
  ['a tenant that is new', [], [silo()], [{ change: 'added', to: 'canary' }]],
  [
    'another region',
    [silo()],
    [silo({ region: 'eu-west-1' })],
    [{ change: 'moved', from: '222222222222/us-east-1', to: '222222222222/eu-west-1' }],
  ],
  [
    'another wave',
    [silo()],
    [silo({ wave: 'everyone' })],
    [{ change: 'wave', from: 'canary', to: 'everyone' }],
  ],
  ['a tombstone', [silo()], [silo({ state: 'leaving' })], [{ change: 'leaving' }]],
  ['a tombstone taken back', [silo({ state: 'leaving' })], [silo()], [{ change: 'revived' }]],
  ['a pin', [silo()], [silo({ state: 'held' })], [{ change: 'pinned' }]],
  ['an entry that is gone', [silo()], [], [{ change: 'vanished', from: '222222222222/us-east-1' }]],
  ['nothing', [silo()], [silo()], []],
])('%s is told', (_, before, after, expected) => {
  expect(planChanges(planOf(before), planOf(after))).toEqual(
    expected.map((each) => ({ deploymentId: 'acme', ...each })),
  );
});

test('without a release before, all are new; a plan does not differ from itself', () => {
  const silos = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{3,6}$/),
      state: fc.constantFrom('released' as const, 'leaving' as const, 'held' as const),
      wave: fc.constantFrom('canary' as const, 'everyone' as const),
      region: fc.constantFrom('us-east-1' as const, 'eu-west-1' as const),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  );
  fc.assert(
    fc.property(silos, (fleet) => {
      const plan = planOf(fleet);
      expect(planChanges(plan, plan)).toEqual([]);
      expect(planChanges(undefined, plan)).toHaveLength(
        fleet.filter(({ state }) => state !== 'leaving').length,
      );
    }),
  );
});
