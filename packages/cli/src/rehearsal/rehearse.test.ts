import type { Release } from '@granary/api';
import { loadManifest, type Manifest } from '@granary/manifest';
import type { Fault } from './fault';
import { failingReads } from './faults/failing-reads';
import { stuckStack } from './faults/stuck-stack';
import { throttledCloudFormation } from './faults/throttled-cloudformation';
import { type RehearseOptions, rehearse } from './rehearse';
import type { ReleaseEngine } from './release-engine';

const GOOD = 'a'.repeat(40);
const BAD = 'b'.repeat(40);

const manifest: Manifest = loadManifest(
  JSON.stringify({
    application: 'granary',
    toolchain: {
      account: '111111111111',
      region: 'us-east-1',
      source: { type: 'codecommit', repository: 'granary', branch: 'main' },
    },
    controlPlane: { account: '222222222222', region: 'us-east-1' },
    cells: [{ id: 'us-1', account: '222222222222', region: 'us-east-1' }],
    tiers: {
      basic: { model: 'pool', throttle: { burst: 5, rate: 5 }, quota: { requestsPerDay: 100 } },
      platinum: { model: 'silo', throttle: { burst: 5, rate: 5 }, quota: { requestsPerDay: 100 } },
    },
    pools: [{ id: 'pool-us', cell: 'us-1' }],
    tenants: [
      {
        id: 'acme',
        name: 'Acme',
        tier: 'platinum',
        cell: 'us-1',
        adminEmail: 'admin@acme.example.com',
        ring: 'canary',
      },
      {
        id: 'globex',
        name: 'Globex',
        tier: 'platinum',
        cell: 'us-1',
        adminEmail: 'admin@globex.example.com',
      },
    ],
    rollout: {
      engine: 'pipeline',
      waves: [
        { name: 'canary', rings: ['canary'], bakeMinutes: 60 },
        { name: 'everyone', percentage: 100, bakeMinutes: 15 },
      ],
    },
  }),
);

/** A release engine in which a release with a fault leaves what the case says. */
interface Case {
  /** @default failing reads */
  readonly fault?: Fault;
  readonly halt?: NonNullable<Release['halt']>;
  readonly reached: readonly string[];
  /** Deployments that run the fault's commit afterwards. @default none: every one has the good release again */
  readonly keep?: readonly string[];
  /** Why the pipeline failed. @default it was halted, or did not */
  readonly failure?: string;
  /** Looks at the run until its rollback has ended. @default it has when the pipeline has */
  readonly looks?: number;
  /** Errors that nobody met. @default none */
  readonly unmet?: number;
}

function rehearsing({ fault = failingReads, halt, reached, keep = [], failure, unmet = 0, looks = 0 }: Case) {
  let now = GOOD;
  const released: string[] = [];
  const injected: number[] = [];
  let looked = 0;
  const seen = (settledHalt: NonNullable<Release['halt']>): NonNullable<Release['halt']> => {
    looked += 1;
    if (looked > looks) return settledHalt;
    const rolledBack = settledHalt.rolledBack.map((each) => ({ ...each, result: 'pending' as const }));
    return { ...settledHalt, rolledBack };
  };
  const engine: ReleaseEngine = {
    runOf: async (release) => ({
      ...{ runId: 'run-2', kind: 'release', release, startedAt: '2026-11-28T12:00:00.000Z' },
      status: halt ? 'halted' : 'succeeded',
      ...(halt ? { halt: seen(halt) } : {}),
    }),
    running: async () =>
      new Map(['pool-us', 'acme', 'globex'].map((id) => [id, keep.includes(id) ? now : GOOD])),
    reached: async (id) => reached.includes(id),
  };
  const options: RehearseOptions = {
    fault,
    manifest,
    parent: GOOD,
    tenants: [
      { tenantId: 'juniper', deploymentId: 'pool-us' },
      { tenantId: 'acme', deploymentId: 'acme' },
      { tenantId: 'globex', deploymentId: 'globex' },
    ],
    engine,
    commit: async () => BAD,
    patience: { timeoutMs: 1000, intervalMs: 1, pause: async () => undefined, now: Date.now },
    inject: async (faults) => {
      injected.push(faults.length);
      return faults.length === 0 ? unmet : 0;
    },
    release: async (commit) => {
      released.push(commit);
      now = commit;
      return commit === BAD ? failure : undefined;
    },
  };
  return { released, injected, looked: () => looked, report: rehearse(options) };
}

const haltAt = (
  wave: string,
  gate = 'canary',
  result: 'succeeded' | 'failed' = 'succeeded',
): NonNullable<Release['halt']> => ({
  ...{ wave, gate, reason: '2 of 9 canary requests failed', at: '2026-11-28T12:01:00.000Z', failed: [] },
  rolledBack: [{ deploymentId: 'acme', from: BAD, to: GOOD, result }],
  rolledBackTotal: 1,
});

const ALL = ['pool-us', 'acme', 'globex'];

test('a rehearsal tells, in the order of the waves, whom the fault reached and what each runs', async () => {
  const { report, released } = rehearsing({
    halt: haltAt('canary'),
    reached: ['pool-us', 'acme'],
    keep: ['pool-us'],
  });
  const { kept, halt, verdict } = await report;
  const acme = { deploymentId: 'acme', wave: 'canary', tenants: ['acme'], before: GOOD, now: GOOD };
  const globex = { deploymentId: 'globex', wave: 'everyone', tenants: ['globex'], before: GOOD, now: GOOD };
  expect(kept).toEqual([
    // Its wave had passed: it keeps the release.
    {
      ...{ deploymentId: 'pool-us', wave: 'pools', tenants: ['juniper'] },
      ...{ before: GOOD, reached: true, now: BAD, due: BAD },
    },
    { ...acme, reached: true, due: GOOD },
    { ...globex, reached: false, due: GOOD },
  ]);
  expect(halt).toMatchObject({ wave: 'canary', gate: 'canary' });
  expect(verdict).toEqual({ ok: true });
  // Nobody is left with a commit that no branch names.
  expect(released).toEqual([BAD, GOOD]);
});

test('what must reach everyone in spite of its fault does, and everybody goes back to the release before', async () => {
  const { report, released, injected } = rehearsing({
    fault: throttledCloudFormation,
    reached: ALL,
    keep: ALL,
  });
  await expect(report).resolves.toMatchObject({ expected: 'pass', verdict: { ok: true } });
  expect(injected).toEqual([3, 0]);
  expect(released).toEqual([BAD, GOOD]);
});

test('a rollback that goes on behind the pipeline’s failure is waited for', async () => {
  const { report, looked } = rehearsing({
    halt: haltAt('canary'),
    reached: ['acme'],
    keep: ['pool-us'],
    looks: 3,
  });
  expect((await report).verdict).toEqual({ ok: true });
  expect(looked()).toBeGreaterThan(3);
});

test('a stack that cannot be taken back is told: that is what must come of it', async () => {
  const { report } = rehearsing({
    fault: stuckStack,
    halt: haltAt('canary', 'deployment', 'failed'),
    reached: ['pool-us'],
    keep: ['pool-us'],
  });
  expect((await report).verdict).toEqual({ ok: true });
});

test.each<[string, Case, string]>([
  [
    'a fault that passes every gate',
    { reached: ['pool-us', 'acme', 'globex'] },
    'no gate halted the release: it reached everyone',
  ],
  [
    'a fault that fails the pipeline before a gate sees it',
    { reached: [], failure: 'Build.Synth: exit 1' },
    'no gate halted the release: Build.Synth: exit 1',
  ],
  [
    'a gate that is not the one for the fault',
    { halt: haltAt('pools', 'samples'), reached: ['pool-us'] },
    'gate "samples" halted the release, not "canary" or "alarm"',
  ],
  [
    'a deployment that keeps the fault',
    { halt: haltAt('canary'), reached: ['acme'], keep: ['acme'] },
    'deployment "acme" runs bbbbbbbb, not aaaaaaaa',
  ],
  [
    'a fault that gets beyond the wave that halts',
    { halt: haltAt('canary'), reached: ['acme', 'globex'] },
    'it reached "globex" of wave "everyone" beyond its halt',
  ],
  [
    'a rollback that fails',
    { halt: haltAt('canary', 'canary', 'failed'), reached: ['acme'] },
    'the rollback of "acme" is failed',
  ],
  [
    'an error that must be lived with, and halts the release',
    { fault: throttledCloudFormation, halt: haltAt('canary', 'deployment'), reached: [], keep: [] },
    'gate "deployment" halted the release: 2 of 9 canary requests failed',
  ],
  [
    'an error that must be lived with, and keeps somebody from the release',
    { fault: throttledCloudFormation, reached: ['pool-us', 'acme'], keep: ['pool-us', 'acme'] },
    'it did not reach "globex", which runs aaaaaaaa',
  ],
  [
    'an error that nobody met',
    { fault: throttledCloudFormation, reached: ALL, keep: ALL, unmet: 2 },
    '2 of the errors were never met: it proves nothing',
  ],
  [
    'a stuck stack of which nothing is told',
    { fault: stuckStack, halt: haltAt('canary', 'deployment'), reached: ['pool-us'] },
    'nothing was told of what is stuck',
  ],
])('%s fails the rehearsal, which says so', async (_, given, reason) => {
  const { verdict } = await rehearsing(given).report;
  const { name } = given.fault ?? failingReads;
  expect(verdict).toEqual({
    ok: false,
    reasons: expect.arrayContaining([`rehearsal "${name}": ${reason}`]),
  });
});
