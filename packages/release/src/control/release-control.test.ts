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
