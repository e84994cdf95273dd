import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecuteRun, ReleaseQueue, type RunWork } from './release-queue';
import type { Outcome, RunEvent } from './run-event';
import { RunStore } from './run-record';

let folder: string;
let store: RunStore;
let events: RunEvent[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-queue-'));
  store = new RunStore(folder);
  events = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const queueOf = (execute: ExecuteRun, maximalRestarts = 2) =>
  new ReleaseQueue({
    store,
    execute,
    maximalRestarts,
    onEvent: (event) => events.push(event),
    subjectOf: async (commit) => `subject of ${commit}`,
    afterRun: async () => undefined,
  });

const mutated: Outcome = { status: 'superseded', reason: 'stage "UpdatePipeline" changed the pipeline' };

test('a run whose pipeline changed itself starts again with the same commit, and says so', async () => {
  const outcomes: Outcome[] = [mutated, { status: 'succeeded' }];
  const queue = queueOf(async () => ({ outcome: outcomes.shift() as Outcome }));
  const first = await queue.push('c1');
  await queue.idle();
  const runs = await store.list();
  const second = runs.find((run) => run.restartOf === first.id);
  expect(second).toMatchObject({ commit: 'c1', subject: 'subject of c1', state: { status: 'succeeded' } });
  expect((await store.read(first.id))?.state).toEqual(mutated);
  expect(events.find((event) => event.type === 'pipeline-mutated')).toMatchObject({
    runId: first.id,
    next: second?.id,
  });
});

test('a pipeline that never settles fails after bounded restarts', async () => {
  const queue = queueOf(async () => ({ outcome: mutated }), 2);
  await queue.push('c1');
  await queue.idle();
  const ended = events.filter((event) => event.type === 'run-ended').map((event) => event.outcome);
  expect(ended.map((outcome) => outcome.status)).toEqual(['superseded', 'superseded', 'failed']);
  expect(ended.at(-1)).toMatchObject({ reason: expect.stringContaining('changed itself 3 times') });
});

test('a newer push takes the place of a restart', async () => {
  let push: Promise<unknown> = Promise.resolve();
  const released: string[] = [];
  const queue = queueOf(async (progress) => {
    released.push(progress.record.commit);
    if (progress.record.commit === 'c2') return { outcome: { status: 'succeeded' } };
    push = queue.push('c2');
    await push;
    return { outcome: mutated };
  });
  await queue.push('c1');
  await queue.idle();
  await push;
  expect(released).toEqual(['c1', 'c2']);
});

test('an execution that throws is a failed run, and the next push runs', async () => {
  let first = true;
  const queue = queueOf(async () => {
    if (!first) return { outcome: { status: 'succeeded' } };
    first = false;
    throw new Error('broken');
  });
  await queue.push('c1');
  await queue.idle();
  await queue.push('c2');
  await queue.idle();
  const states = (await store.list()).map((run) => [run.commit, run.state.status]);
  expect(new Map(states as [string, string][])).toEqual(
    new Map([
      ['c1', 'failed'],
      ['c2', 'succeeded'],
    ]),
  );
});

test('a closed queue turns pushes away and leaves what waited as interrupted', async () => {
  let running: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    running = resolve;
  });
  const queue = queueOf(async (_, signal) => {
    running();
    return new Promise((resolve) =>
      signal.addEventListener('abort', () =>
        resolve({ outcome: { status: 'interrupted', reason: String(signal.reason.message) } }),
      ),
    );
  });
  await queue.push('c1');
  await started;
  await queue.push('c2');
  await queue.close('stopping');
  await expect(queue.push('c3')).rejects.toThrow('the local cloud is stopping');
  for (const run of await store.list())
    expect(run.state).toEqual({ status: 'interrupted', reason: 'stopping' });
});

/** A run as its execution leaves it: one stage that ended as given. */
const stageEnds =
  (outcome: Outcome, rollback?: string): ExecuteRun =>
  async (progress) => {
    progress.record.stages = [{ name: 'Wave1', state: outcome, actions: [] }];
    return { outcome, ...(rollback ? { rollback } : {}) };
  };

test('a stage that asks for it goes back to the newest run that passed it', async () => {
  const failed: Outcome = { status: 'failed', reason: 'an alarm rang', details: [] };
  const succeeded: Outcome = { status: 'succeeded' };
  const executions = [stageEnds(succeeded), stageEnds(failed, 'Wave1'), stageEnds(succeeded)];
  const works: RunWork[] = [];
  const queue = queueOf(async (progress, signal, work) => {
    works.push(work);
    return (executions.shift() as ExecuteRun)(progress, signal, work);
  });
  const good = await queue.push('c1');
  await queue.idle();
  const bad = await queue.push('c2');
  await queue.idle();
  const rollback = { stage: 'Wave1', to: good.id };
  expect(works).toEqual([{ type: 'release' }, { type: 'release' }, { type: 'rollback', ...rollback }]);
  const back = (await store.list()).find((run) => run.rollback);
  expect(back).toMatchObject({ commit: 'c1', rollback, state: succeeded });
  expect(events.find((event) => event.type === 'stage-rolled-back')).toMatchObject({
    ...{ runId: bad.id, stage: 'Wave1', to: good.id, next: back?.id },
  });
});

test('a stage without a good run before it stays as it is', async () => {
  const failed: Outcome = { status: 'failed', reason: 'an alarm rang', details: [] };
  const queue = queueOf(stageEnds(failed, 'Wave1'));
  await queue.push('c1');
  await queue.idle();
  expect((await store.list()).length).toBe(1);
});
