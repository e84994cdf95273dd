import { randomUUID } from 'node:crypto';
import { releaseControl } from '../control/release-control';
import { enterWave } from '../entry/enter-wave';
import { startHalt } from '../halt/start-halt';
import type { WaveName } from '../observer/look';
import { ReleaseStateError } from '../release-error';
import { ReleaseInMemory } from '../testing/release-in-memory';
import { samplePlan } from '../testing/sample-plan';
import { haltWave } from './halt-wave';
import { openWave } from './open-wave';

const BEFORE = { runId: 'run-1', release: 'aaaaaaaa' };
const RUN = { runId: 'run-2', release: 'bbbbbbbb' };
const CANARY: WaveName = { ...RUN, wave: 'canary' };
const OPERATOR = { kind: 'operator', userName: 'ops@granary.example.com', role: 'SystemAdmin' } as const;

let engine: ReleaseInMemory;
beforeEach(async () => {
  engine = new ReleaseInMemory(samplePlan());
  for (const id of ['pool-us', 'acme', 'globex', 'initech']) await engine.deploy(id, BEFORE);
});

function control(command: Parameters<typeof releaseControl>[0], retried: string[] = []) {
  return releaseControl(command, {
    ...engine.controlDependencies(),
    newId: randomUUID,
    retryStage: async (runId, stage, mode) => {
      retried.push(`${runId} ${stage} ${mode}`);
    },
  });
}

function enter(name: WaveName) {
  return enterWave(name, `Stage-${name.wave}`, {
    ...engine.dependencies(),
    overrides: async () => [],
    redAlarms: async () => ({ red: [] }),
  });
}

test('a release without a fault passes all gates, and the run succeeds with the last of them', async () => {
  const waves: [string, string[]][] = [
    ['pools', ['pool-us']],
    ['canary', ['acme', 'globex']],
    ['everyone', ['initech']],
  ];
  for (const [wave, members] of waves) {
    await expect(enter({ ...RUN, wave })).resolves.toEqual({ kind: 'admitted' });
    await expect(engine.runs.get(RUN.runId)).resolves.toMatchObject({ status: 'running' });
    await expect(engine.arrive({ ...RUN, wave }, members)).resolves.toMatchObject({ next: 'watch' });
    await expect(engine.bake({ ...RUN, wave })).resolves.toMatchObject({ kind: 'pass' });
  }
  await expect(engine.runs.get(RUN.runId)).resolves.toMatchObject({ status: 'succeeded' });
  const records = await engine.runs.waves(RUN.runId);
  expect(records.map(({ name, status }) => [name, status])).toEqual(waves.map(([wave]) => [wave, 'passed']));
  for (const { samples, minimumSamples } of records) expect(samples).toBeGreaterThanOrEqual(minimumSamples);
});

test('a wave that holds nothing is entered and done at once', async () => {
  const wave = { ...RUN, wave: 'empty' };
  await expect(enter(wave)).resolves.toEqual({ kind: 'admitted' });
  await expect(openWave(wave, engine.dependencies())).resolves.toEqual({ ...wave, next: 'done' });
});

test('a wave is watched for its bake minutes, and no longer', async () => {
  await engine.arrive(CANARY, ['acme', 'globex']);
  const start = engine.now().getTime();
  await engine.bake(CANARY);
  expect(engine.now().getTime() - start).toBe(60 * 60_000);
});

test('a red alarm halts, and each deployment goes back to what it had', async () => {
  await engine.arrive(CANARY, ['acme', 'globex']);
  await engine.look(CANARY);
  engine.cells.red.add('globex-faults');
  const verdict = await engine.bake(CANARY);
  if (verdict.kind !== 'halt') throw new Error('the wave did not halt');
  const settled = await engine.halt(CANARY, verdict);
  expect(settled.error).toBe('ReleaseHalted');
  expect(settled.cause).toBe(
    'wave "canary" halted at gate "alarm": deployment "globex": alarm "globex-faults" is red; rolled back: acme to aaaaaaaa, globex to aaaaaaaa',
  );
  const { run, waves } = (await control({ command: 'getRun', runId: RUN.runId })) as {
    run: object;
    waves: readonly object[];
  };
  expect(run).toMatchObject({
    status: 'halted',
    halt: { wave: 'canary', gate: 'alarm', deploymentId: 'globex', alarm: 'globex-faults' },
  });
  expect(waves).toMatchObject([{ status: 'waiting' }, { status: 'rolled-back' }, { status: 'waiting' }]);
});

test('a canary whose requests fail halts at the first look', async () => {
  engine.cells.broken.add('acme');
  await engine.arrive(CANARY, ['acme', 'globex']);
  await expect(engine.look(CANARY)).resolves.toMatchObject({
    verdict: {
      kind: 'halt',
      gate: 'canary',
      deploymentId: 'acme',
      reason: expect.stringContaining('createProduct: 500'),
    },
  });
});

test('an account that does not answer is looked at three times, then the wave halts', async () => {
  engine.cells.unreachable.add('acme');
  await engine.arrive(CANARY, ['acme', 'globex']);
  const verdicts = [await engine.look(CANARY), await engine.look(CANARY), await engine.look(CANARY)];
  expect(verdicts.map(({ verdict }) => verdict.kind)).toEqual(['bake', 'bake', 'halt']);
});

test('a deployment that cannot go back is named, and one that is new is left as it is', async () => {
  engine = new ReleaseInMemory(samplePlan());
  await engine.deploy('acme', BEFORE);
  await engine.arrive(CANARY, ['acme', 'globex']);
  const settled = await engine.halt(CANARY, { gate: 'canary', reason: 'requests failed' }, ['acme']);
  expect(settled.error).toBe('RollbackFailed');
  expect(settled.cause).toContain('NOT rolled back: acme to aaaaaaaa (the stack is stuck)');
  expect(settled.cause).toContain('left as it is, having had no release before: globex');
});

test('a halt that is told twice gives the same orders, and its wave cannot be opened again', async () => {
  await engine.arrive(CANARY, ['acme', 'globex']);
  const cause = { gate: 'alarm', reason: 'red' } as const;
  const first = await haltWave(CANARY, cause, engine.dependencies());
  await expect(haltWave(CANARY, cause, engine.dependencies())).resolves.toEqual(first);
  const orders = engine.orders.get(first.rollback.key);
  expect(orders?.map(({ deploymentId, release, purpose }) => [deploymentId, release, purpose])).toEqual([
    ['acme', 'aaaaaaaa', 'rollback'],
    ['globex', 'aaaaaaaa', 'rollback'],
  ]);
  await expect(openWave(CANARY, engine.dependencies())).rejects.toThrow(ReleaseStateError);
});

describe('a stage of the pipeline that failed', () => {
  const started: object[] = [];
  const dependencies = () => ({
    ...engine.dependencies(),
    failedActions: async () => [{ action: 'globex.Register', reason: 'the smoke test failed' }],
    start: async (executionName: string, input: object) => {
      started.push({ executionName, input });
    },
  });
  beforeEach(() => started.splice(0));

  test('is rolled back when its gate had not been reached', async () => {
    await enter(CANARY);
    await expect(startHalt(CANARY, 'Stage-canary', dependencies())).resolves.toBe('started');
    expect(started).toMatchObject([
      {
        executionName: 'halt-1-1-run-2',
        input: { ...CANARY, cause: { gate: 'deployment', deploymentId: 'globex', failed: ['globex'] } },
      },
    ]);
  });

  test('is left alone when its wave halted by itself', async () => {
    await enter(CANARY);
    await engine.arrive(CANARY, ['acme', 'globex']);
    await engine.halt(CANARY, { gate: 'alarm', reason: 'red' });
    await expect(startHalt(CANARY, 'Stage-canary', dependencies())).resolves.toBe('halted-already');
    expect(started).toEqual([]);
  });

  test('is left alone when the release was not let in', async () => {
    await openWave({ ...RUN, wave: 'pools' }, engine.dependencies());
    await expect(startHalt(CANARY, 'Stage-canary', dependencies())).resolves.toBe('not-entered');
  });
});

describe('a halted run', () => {
  const failed = { gate: 'deployment', reason: 'it failed', failed: ['globex'] } as const;
  const order = { runId: RUN.runId, by: OPERATOR, reason: 'the quota is raised' } as const;

  async function haltBy(cause: Parameters<ReleaseInMemory['halt']>[1]) {
    await enter(CANARY);
    await engine.arrive(CANARY, ['acme', 'globex']);
    await engine.halt(CANARY, cause);
  }

  test('is resumed: the wave begins anew, and the pipeline tries its stage again', async () => {
    await haltBy({ gate: 'alarm', reason: 'red' });
    const retried: string[] = [];
    await control({ command: 'resume', mode: 'all', ...order }, retried);
    expect(retried).toEqual(['run-2 Stage-canary all']);
    await expect(engine.runs.wave(RUN.runId, 'canary')).resolves.toMatchObject({
      status: 'waiting',
      attempt: 2,
      samples: 0,
      watch: {},
    });
    await expect(enter(CANARY)).resolves.toEqual({ kind: 'admitted' });
    await engine.arrive(CANARY, ['acme', 'globex']);
    await expect(engine.bake(CANARY)).resolves.toMatchObject({ kind: 'pass' });
  });

  test('is resumed for its failed deployments only', async () => {
    await haltBy(failed);
    const retried: string[] = [];
    await control({ command: 'resume', mode: 'failed', ...order }, retried);
    expect(retried).toEqual(['run-2 Stage-canary failed']);
    await expect(engine.runs.wave(RUN.runId, 'canary')).resolves.toMatchObject({ only: ['globex'] });
  });

  test('is not resumed for failed deployments when none failed', async () => {
    await haltBy({ gate: 'alarm', reason: 'red' });
    await expect(control({ command: 'resume', mode: 'failed', ...order })).rejects.toThrow(
      'resume all of it',
    );
  });

  test('is abandoned, and then neither entered nor resumed', async () => {
    await haltBy(failed);
    await control({ command: 'abandon', ...order });
    engine.pass(1);
    await expect(enter(CANARY)).resolves.toMatchObject({ kind: 'refused', gate: 'ended' });
    await expect(control({ command: 'resume', mode: 'all', ...order })).rejects.toThrow('is abandoned');
    await expect(control({ command: 'listAudit', limit: 10 })).resolves.toMatchObject({
      entries: [
        { action: 'release.resume', result: 'refused', actor: OPERATOR },
        { action: 'release.abandon', result: 'succeeded', reason: 'the quota is raised' },
      ],
    });
  });

  test('is superseded by a push that comes after it, and keeps out one that was under way', async () => {
    const pools = (runId: string) => ({ runId, release: runId, wave: 'pools' });
    await enter(pools('run-0'));
    engine.pass(1);
    await haltBy(failed);
    await expect(enter(pools('run-0'))).resolves.toMatchObject({ kind: 'refused', gate: 'halted-run' });
    engine.pass(1);
    await expect(enter(pools('run-3'))).resolves.toEqual({ kind: 'admitted' });
    await expect(engine.runs.get(RUN.runId)).resolves.toMatchObject({ status: 'superseded' });
  });

  test('keeps its state when the pipeline refuses to try again', async () => {
    await haltBy(failed);
    const refusal = releaseControl(
      { command: 'resume', mode: 'all', ...order },
      {
        ...engine.controlDependencies(),
        newId: randomUUID,
        retryStage: async () => {
          throw new Error('the structure has changed');
        },
      },
    );
    await expect(refusal).rejects.toThrow('the structure has changed');
    await expect(engine.runs.get(RUN.runId)).resolves.toMatchObject({
      status: 'halted',
      halt: { gate: 'deployment' },
    });
    await control({ command: 'resume', mode: 'all', ...order });
    await expect(engine.runs.get(RUN.runId)).resolves.toMatchObject({ status: 'running' });
  });
});

describe('in distributed mode', () => {
  beforeEach(async () => {
    engine = new ReleaseInMemory(samplePlan('distributed'));
    for (const id of ['acme', 'globex']) await engine.deploy(id, BEFORE);
  });

  test('the machine deploys the wave; who did not take the release halts it, with the reason', async () => {
    await expect(openWave(CANARY, engine.dependencies())).resolves.toMatchObject({ next: 'deploy' });
    await engine.deploy('acme', RUN);
    await engine.deploy('globex', { ...RUN, result: 'failed', reason: 'UPDATE_ROLLBACK_COMPLETE' });
    await expect(engine.look(CANARY)).resolves.toMatchObject({
      verdict: {
        kind: 'halt',
        gate: 'deployment',
        deploymentId: 'globex',
        reason: expect.stringContaining('UPDATE_ROLLBACK_COMPLETE'),
      },
    });
  });

  test('a deployment that the map did not reach is not rolled back', async () => {
    await openWave(CANARY, engine.dependencies());
    await engine.deploy('acme', RUN);
    const settled = await engine.halt(CANARY, { gate: 'deployment', reason: 'it failed' });
    expect(settled.cause).toContain('rolled back: acme to aaaaaaaa');
    expect(settled.cause).not.toContain('globex');
  });

  test('the wave of those who leave has no gate', async () => {
    await expect(openWave({ ...RUN, wave: '~removals' }, engine.dependencies())).resolves.toMatchObject({
      next: 'remove',
    });
  });
});
