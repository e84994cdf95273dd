import { loadManifest, type Manifest } from '@granary/manifest';
import { failingReads } from './faults/failing-reads';
import { type RehearseOptions, rehearse } from './rehearse';
import type { EngineRun, ReleaseEngine } from './release-engine';

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

/** A release engine in which a bad release leaves what the case says. */
interface Case {
  readonly halt?: EngineRun['halt'];
  readonly reached: readonly string[];
  /** @default every deployment has the good release again */
  readonly stuck?: readonly string[];
  /** Why the pipeline failed. @default it was halted */
  readonly failure?: string;
}

function rehearsing({ halt, reached, stuck = [], failure }: Case) {
  let released = false;
  const engine: ReleaseEngine = {
    runOf: async (commit) => ({
      runId: 'run-2',
      release: commit,
      status: halt ? 'halted' : 'running',
      ...(halt ? { halt } : {}),
    }),
    running: async () =>
      new Map(['pool-us', 'acme', 'globex'].map((id) => [id, released && stuck.includes(id) ? BAD : GOOD])),
    reached: async (id) => reached.includes(id),
  };
  const options: RehearseOptions = {
    fault: failingReads,
    manifest,
    tenants: [
      { tenantId: 'juniper', deploymentId: 'pool-us' },
      { tenantId: 'acme', deploymentId: 'acme' },
      { tenantId: 'globex', deploymentId: 'globex' },
    ],
    engine,
    commit: async () => BAD,
    release: async () => {
      released = true;
      return failure;
    },
  };
  return rehearse(options);
}

const haltAt = (wave: string, gate = 'canary', result = 'succeeded') => ({
  wave,
  gate,
  reason: '2 of 9 canary requests failed',
  rolledBack: [{ deploymentId: 'acme', to: GOOD, result }],
});

test('a rehearsal tells, in the order of the waves, whom the fault reached and what each runs', async () => {
  const { kept, halt, verdict } = await rehearsing({
    halt: haltAt('canary'),
    reached: ['pool-us', 'acme'],
  });
  expect(kept).toEqual([
    { deploymentId: 'pool-us', wave: 'pools', tenants: ['juniper'], before: GOOD, reached: true, now: GOOD },
    { deploymentId: 'acme', wave: 'canary', tenants: ['acme'], before: GOOD, reached: true, now: GOOD },
    {
      deploymentId: 'globex',
      wave: 'everyone',
      tenants: ['globex'],
      before: GOOD,
      reached: false,
      now: GOOD,
    },
  ]);
  expect(halt).toMatchObject({ wave: 'canary', gate: 'canary' });
  expect(verdict).toEqual({ ok: true });
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
    { halt: haltAt('canary'), reached: ['acme'], stuck: ['acme'] },
    'deployment "acme" runs bbbbbbbb, not aaaaaaaa as before',
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
])('%s fails the rehearsal, which says so', async (_, given, reason) => {
  const { verdict } = await rehearsing(given);
  expect(verdict).toEqual({
    ok: false,
    reasons: expect.arrayContaining([`rehearsal "failing-reads": ${reason}`]),
  });
});
