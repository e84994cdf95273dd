import {
  CHANGES,
  fleetManifest,
  fleetWaves,
  type ReleaseMake,
  type RolloutOptions,
  releaseMakeOf,
  simulateRollout,
} from '@granary/simulation';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { ReleaseStage } from '../stage';
import { deployment } from '../testing/deployment';
import { INLINE_CODE, sampleApp, sampleManifest } from '../testing/sample';

/** The release engine's and a tenant's stack, as they were synthesized. */
let templates: readonly string[];
let make: ReleaseMake;
beforeAll(() => {
  const release = new ReleaseStage(sampleApp(), { manifest: sampleManifest(), code: INLINE_CODE }, []);
  const stacks = [Template.fromStack(release.stack), deployment('acme')];
  templates = stacks.map((stack) => JSON.stringify(stack.toJSON()));
  make = madeOf((text) => text);
});

function madeOf(change: (text: string) => string): ReleaseMake {
  return releaseMakeOf(templates.map((text) => JSON.parse(change(text))));
}

/** A part of the machine's definition, as it is inside of the template's text. */
function inDefinition(part: string): string {
  return JSON.stringify(part).slice(1, -1);
}

function simulate(tenants: number, changes: Partial<RolloutOptions> = {}) {
  return simulateRollout({ manifest: fleetManifest({ tenants }), make, ...changes });
}

/** A release that is good, or bad from any wave on by any share of errors. */
const bad = fc.option(
  fc.record({ fromWave: fc.constantFrom(...fleetWaves), errors: fc.constantFrom(0.01, 0.05, 0.5, 1) }),
  { nil: undefined },
);
const releases = fc.record({
  tenants: fc.integer({ min: 1, max: 60 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  change: fc.constantFrom(...CHANGES),
  bad,
});

test('whatever is released, each tenant ends in one state that the records tell, and no rate is exceeded', async () => {
  await fc.assert(
    fc.asyncProperty(releases, async ({ tenants, seed, change, bad: fault }) => {
      const rollout = await simulate(tenants, { seed, change, ...(fault ? { bad: fault } : {}) });
      const { updated, unchanged, astray } = rollout.final;
      expect(updated + unchanged).toBe(tenants);
      expect(astray).toBe(0);
      for (const { api, peak, most } of rollout.apis) expect([api, peak <= most]).toEqual([api, true]);
    }),
    { numRuns: 12 },
  );
});

test('a bad release never reaches the wave after the one that halts, and leaves no tenant of that wave', async () => {
  await fc.assert(
    fc.asyncProperty(releases, async ({ tenants, seed, change, bad: fault }) => {
      const { waves, halt, final } = await simulate(tenants, {
        seed,
        change,
        ...(fault ? { bad: fault } : {}),
      });
      const passed = waves.filter(({ outcome }) => outcome === 'passed');
      const reached = (which: typeof waves) => which.reduce((sum, wave) => sum + wave.tenants, 0);
      expect(final.updated).toBe(reached(passed));
      expect(waves.slice(0, -1).every(({ outcome }) => outcome === 'passed')).toBe(true);
      if (!halt) return;
      expect(waves.at(-1)).toMatchObject({ name: halt.wave, outcome: 'halted' });
      expect(halt.reached).toBeLessThanOrEqual(reached(waves));
      expect(halt.reached).toBeGreaterThanOrEqual(reached(passed));
    }),
    { numRuns: 12 },
  );
});

test('a release that always fails is halted in the first wave where it does', async () => {
  for (const fromWave of fleetWaves) {
    const { halt } = await simulate(200, { bad: { fromWave, errors: 1 } });
    expect(halt?.wave).toBe(fromWave);
  }
});

test('the same seed gives the same release, another one another', async () => {
  const [one, same, other] = [
    await simulate(50, { seed: 7 }),
    await simulate(50, { seed: 7 }),
    await simulate(50, { seed: 8 }),
  ];
  expect(same).toEqual(one);
  expect(other.hours).not.toBe(one.hours);
});

/**
 * What chance makes of one deployment, in hours: the slowest and the fastest differ by 80 seconds of CloudFormation's
 * own pace, 5 before the first step, 30 of the last poll's pause and those of the change set. A wave is as slow as
 * its slowest line of deployments, whichever cells it is spread over.
 */
const CHANCE_HOURS = 150 / 3600;

test('more cells never make a release slower, but for what chance makes of one deployment a wave', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 4, max: 60 }),
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (tenants, times, parallelism) => {
        const hoursWith = async (tenantsPerCell: number) =>
          (
            await simulateRollout({
              manifest: fleetManifest({ tenants, tenantsPerCell, parallelism }),
              make,
            })
          ).hours;
        const [few, many] = [await hoursWith(tenants), await hoursWith(Math.ceil(tenants / times))];
        expect(many).toBeLessThanOrEqual(few + fleetWaves.length * CHANCE_HOURS);
      },
    ),
    { numRuns: 6 },
  );
});

test('twice the cells take half the time of the waves that keep every cell busy', async () => {
  const deploying = async (tenantsPerCell: number) => {
    const { waves } = await simulateRollout({
      manifest: fleetManifest({ tenants: 120, tenantsPerCell, parallelism: 2 }),
      make,
    });
    const { startedAt, endedAt } = waves.at(-1) as (typeof waves)[number];
    return endedAt - startedAt - 15 * 60;
  };
  expect((await deploying(60)) / (await deploying(120))).toBeCloseTo(0.5, 1);
});

describe('what runs is the synthesized machine', () => {
  test('a longer wait between the steps of a deployment makes the release slower', async () => {
    const slow = madeOf((text) =>
      text.replaceAll(inDefinition('"SecondsPath":"$.progress.waitSeconds"'), inDefinition('"Seconds":600')),
    );
    const [usual, slower] = [await simulate(20), await simulate(20, { make: slow })];
    expect(slower.hours).toBeGreaterThan(usual.hours + 0.5);
  });

  test('without the states that roll back, the bad release stays', async () => {
    const without = madeOf((text) =>
      text.replaceAll(inDefinition('"Default":"Roll back"'), inDefinition('"Default":"Settle"')),
    );
    const fault = { fromWave: 'half', errors: 1 };
    const [usual, left] = [
      await simulate(100, { bad: fault }),
      await simulate(100, { bad: fault, make: without }),
    ];
    expect(usual.final.astray).toBe(0);
    expect(left.final.updated + left.final.astray).toBeGreaterThan(usual.final.updated);
  });
});
