import { enterWave } from '../entry/enter-wave';
import type { Run } from '../run/run';
import { ReleaseInMemory } from '../testing/release-in-memory';
import { samplePlan } from '../testing/sample-plan';
import { releaseControl } from './release-control';

const GOOD = { runId: 'run-1', release: 'aaaaaaaa' };
const NEXT = { runId: 'run-2', release: 'bbbbbbbb' };
const CANARY = { ...NEXT, wave: 'canary' };
const SAID = {
  by: { kind: 'operator', userName: 'ops', role: 'SystemAdmin' },
  reason: 'a customer called',
} as const;
const WAVES = { pools: ['pool-us'], canary: ['acme', 'globex'], everyone: ['initech'] };

let engine: ReleaseInMemory;
beforeEach(async () => {
  engine = new ReleaseInMemory(samplePlan());
  for (const [wave, ids] of Object.entries(WAVES)) await bring({ ...GOOD, wave }, ids);
  engine.pass(1);
});

async function bring(name: typeof CANARY, ids: readonly string[]): Promise<void> {
  await engine.arrive(name, ids);
  await engine.bake(name);
}

function control<Answer>(command: Parameters<typeof releaseControl>[0]): Promise<Answer> {
  return releaseControl(command, engine.controlDependencies()) as Promise<Answer>;
}

interface Detail {
  readonly run: { readonly status: string; readonly haltOrdered?: object };
  readonly deployments: Readonly<
    Record<string, readonly { readonly deploymentId: string; readonly state: string }[]>
  >;
}

async function statesOf(wave: string): Promise<Readonly<Record<string, string>>> {
  const { deployments } = await control<Detail>({ command: 'getRun', runId: NEXT.runId });
  return Object.fromEntries(
    (deployments[wave] ?? []).map(({ deploymentId, state }) => [deploymentId, state]),
  );
}

describe('a release that an operator halts', () => {
  beforeEach(async () => {
    await bring({ ...NEXT, wave: 'pools' }, WAVES.pools);
    await engine.arrive(CANARY, WAVES.canary);
    await engine.look(CANARY);
  });

  test('is halted at the next look, by name and reason, and its wave goes back', async () => {
    await control({ command: 'halt', runId: NEXT.runId, ...SAID });
    const { verdict } = await engine.look(CANARY);
    expect(verdict).toEqual({ kind: 'halt', gate: 'operator', reason: 'ops halted it: a customer called' });
    if (verdict.kind !== 'halt') throw new Error('the look did not halt');
    await engine.halt(CANARY, verdict);
    expect(await statesOf('canary')).toEqual({ acme: 'rolled-back', globex: 'rolled-back' });
    expect(await statesOf('everyone')).toEqual({ initech: 'waiting' });
    const { entries } = await control<{ entries: readonly object[] }>({ command: 'listAudit', limit: 5 });
    expect(entries[0]).toMatchObject({ action: 'release.halt', subject: NEXT.runId, result: 'succeeded' });
  });

  test('goes on when it is resumed: the order is not carried out twice', async () => {
    await control({ command: 'halt', runId: NEXT.runId, ...SAID });
    const { verdict } = await engine.look(CANARY);
    if (verdict.kind !== 'halt') throw new Error('the look did not halt');
    await engine.halt(CANARY, verdict);
    // The stage that the release was let into, without which nothing can be tried again.
    const wave = await engine.runs.wave(NEXT.runId, 'canary');
    await engine.runs.putWave({ ...wave, stage: 'Wave-canary', revision: wave.revision + 1 });
    await control({ command: 'resume', runId: NEXT.runId, mode: 'all', ...SAID });
    await bring(CANARY, WAVES.canary);
    await expect(engine.runs.wave(NEXT.runId, 'canary')).resolves.toMatchObject({ status: 'passed' });
  });

  test('is halted also when the engine writes down its progress at the same moment', async () => {
    const { runs } = engine;
    let met = 0;
    const meeting = Object.assign(Object.create(runs), {
      putRun: async (run: Run) => {
        if (met < 3) {
          met += 1;
          const progress = await runs.get(run.runId);
          await runs.putRun({ ...progress, revision: progress.revision + 1 });
        }
        await runs.putRun(run);
      },
    });
    const order = { command: 'halt', runId: NEXT.runId, ...SAID } as const;
    await releaseControl(order, { ...engine.controlDependencies(), runs: meeting });
    await expect(runs.get(NEXT.runId)).resolves.toMatchObject({ haltOrdered: { by: 'ops' } });
    expect(met).toBe(3);
  });

  test('keeps the first of two orders', async () => {
    await control({ command: 'halt', runId: NEXT.runId, ...SAID });
    const { run } = await control<Detail>({
      command: 'halt',
      runId: NEXT.runId,
      ...SAID,
      reason: 'once more',
    });
    expect(run.haltOrdered).toMatchObject({ by: 'ops', reason: 'a customer called' });
  });
});

test('a run that is over is not halted, nor one between two waves', async () => {
  await expect(control({ command: 'halt', runId: GOOD.runId, ...SAID })).rejects.toThrow(/is succeeded/);
  await bring({ ...NEXT, wave: 'pools' }, WAVES.pools);
  await expect(control({ command: 'halt', runId: NEXT.runId, ...SAID })).rejects.toThrow(/abandon it/);
});

test('each deployment of a wave is followed from waiting to deployed', async () => {
  await bring({ ...NEXT, wave: 'pools' }, WAVES.pools);
  expect(await statesOf('canary')).toEqual({ acme: 'waiting', globex: 'waiting' });
  const wave = await engine.runs.wave(NEXT.runId, 'canary');
  await engine.runs.putWave({ ...wave, stage: 'Wave-canary', revision: wave.revision + 1 });
  await engine.deploy('acme', NEXT);
  expect(await statesOf('canary')).toEqual({ acme: 'deployed', globex: 'deploying' });
  await engine.deploy('globex', { ...NEXT, result: 'failed', reason: 'the stack is stuck' });
  await bring(CANARY, ['globex']);
  expect(await statesOf('canary')).toEqual({ acme: 'deployed', globex: 'deployed' });
});

test('the fleet is told a page at a time', async () => {
  const page = (after?: string) =>
    control<{ deployments: { version: { deploymentId: string } }[]; more: boolean }>({
      command: 'fleet',
      limit: 3,
      ...(after === undefined ? {} : { after }),
    });
  const first = await page();
  expect(first.deployments.map(({ version }) => version.deploymentId)).toEqual(['acme', 'globex', 'initech']);
  expect(first.more).toBe(true);
  const last = await page('initech');
  expect(last.deployments.map(({ version }) => version.deploymentId)).toEqual(['pool-us']);
  expect(last.more).toBe(false);
});

test('a release’s plan is told against the last one that went well', async () => {
  engine.plans.set('plans/bbbbbbbb.json', {
    ...samplePlan(),
    waves: samplePlan().waves.filter(({ name }) => name !== 'everyone'),
  });
  await bring({ ...NEXT, wave: 'pools' }, WAVES.pools);
  await expect(control({ command: 'getPlan', runId: NEXT.runId })).resolves.toMatchObject({
    release: 'bbbbbbbb',
    before: 'aaaaaaaa',
    changes: [{ deploymentId: 'initech', change: 'vanished' }],
    changesTotal: 1,
  });
});

function enter(name: typeof CANARY) {
  return enterWave(name, `Wave-${name.wave}`, {
    ...engine.dependencies(),
    overrides: async () => [],
    redAlarms: async () => ({ red: [] }),
  });
}

/** An order that comes when the last look at the pools has passed them already. */
async function orderBehindPools(): Promise<void> {
  const pools = { ...NEXT, wave: 'pools' };
  await engine.arrive(pools, WAVES.pools);
  await engine.look(pools);
  await control({ command: 'halt', runId: NEXT.runId, ...SAID });
  const wave = await engine.runs.wave(NEXT.runId, 'pools');
  await engine.runs.putWave({ ...wave, status: 'passed', revision: wave.revision + 1 });
}

test('a halt that is ordered as a wave passes keeps the release out of the next one', async () => {
  await orderBehindPools();
  await expect(enter(CANARY)).resolves.toMatchObject({ kind: 'refused', gate: 'ended' });
  await expect(engine.runs.get(NEXT.runId)).resolves.toMatchObject({
    status: 'halted',
    halt: { wave: 'canary', gate: 'operator', reason: 'ops halted it: a customer called', rolledBack: [] },
  });
  expect(await statesOf('canary')).toEqual({ acme: 'waiting', globex: 'waiting' });
});

test('a release that was kept out so goes on when it is resumed', async () => {
  await orderBehindPools();
  await enter(CANARY);
  await control({ command: 'resume', runId: NEXT.runId, mode: 'all', ...SAID });
  await expect(enter(CANARY)).resolves.toEqual({ kind: 'admitted' });
});

test('a wave that is let in is not deployed any more once a halt is ordered', async () => {
  engine = new ReleaseInMemory(samplePlan('distributed'));
  await enter(CANARY);
  await control({ command: 'halt', runId: NEXT.runId, ...SAID });
  await expect(engine.arrive(CANARY, [])).resolves.toMatchObject({ next: 'watch' });
  await expect(engine.look(CANARY)).resolves.toMatchObject({ verdict: { kind: 'halt', gate: 'operator' } });
});

test('what is to halt can be rejected and not approved', async () => {
  await enter(CANARY);
  await control({ command: 'halt', runId: NEXT.runId, ...SAID });
  const answered: string[] = [];
  const decide = (decision: 'approved' | 'rejected') =>
    releaseControl(
      { command: 'decide', stage: 'Wave-canary', action: 'Approve', decision, ...SAID },
      {
        ...engine.controlDependencies(),
        approvals: async () => [{ stage: 'Wave-canary', action: 'Approve', token: 't', runId: NEXT.runId }],
        answerApproval: async (_, approved) => void answered.push(String(approved)),
      },
    );
  await expect(decide('approved')).rejects.toThrow(/is to halt: ops ordered it/);
  await decide('rejected');
  expect(answered).toEqual(['false']);
});

test('runs are listed a page at a time, with their notes and the wave under way', async () => {
  await bring({ ...NEXT, wave: 'pools' }, WAVES.pools);
  await enter(CANARY);
  const page = (after?: string) =>
    releaseControl(
      { command: 'listRuns', limit: 1, ...(after === undefined ? {} : { after }) },
      { ...engine.controlDependencies(), notesOf: async (runId) => `notes of ${runId}` },
    ) as Promise<{ runs: readonly object[]; next?: string }>;
  const first = await page();
  expect(first.runs).toEqual([
    expect.objectContaining({
      runId: NEXT.runId,
      notes: 'notes of run-2',
      wave: { name: 'canary', status: 'waiting', index: 1, of: 3 },
    }),
  ]);
  const last = await page(first.next);
  expect(last.runs).toEqual([expect.objectContaining({ runId: GOOD.runId, status: 'succeeded' })]);
  expect(last.runs[0]).not.toHaveProperty('wave');
  expect(last).not.toHaveProperty('next');
  await expect(page('elsewhere')).rejects.toThrow(/no place in the list of runs/);
});

test('a plan is told against any run that is named, with the waves as they were', async () => {
  engine.plans.set('plans/bbbbbbbb.json', {
    ...samplePlan(),
    waves: samplePlan().waves.filter(({ name }) => name !== 'everyone'),
  });
  await bring({ ...NEXT, wave: 'pools' }, WAVES.pools);
  const answer = await control<{ waves: { name: string }[]; wavesBefore: { name: string }[] }>({
    command: 'getPlan',
    runId: GOOD.runId,
    from: NEXT.runId,
  });
  expect(answer).toMatchObject({
    before: 'bbbbbbbb',
    changes: [{ deploymentId: 'initech', change: 'added' }],
  });
  expect(answer.wavesBefore.map(({ name }) => name)).toEqual(['canary', 'empty']);
  expect(answer.waves.map(({ name }) => name)).toEqual(['canary', 'empty', 'everyone']);
});
