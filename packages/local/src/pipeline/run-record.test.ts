import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitToRelease, type Progress, type RunRecord, RunStore } from './run-record';

let folder: string;
let store: RunStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-runs-'));
  store = new RunStore(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const record = (id: string, state: Progress, more: Partial<RunRecord> = {}): RunRecord => ({
  id,
  commit: 'c1',
  subject: 's',
  pipeline: 'p',
  queuedAt: `2026-01-01T00:00:0${id}Z`,
  state,
  stages: [],
  ...more,
});

test('runs are listed newest first, without folders that hold no record', async () => {
  await store.save(record('1', { status: 'succeeded' }));
  await store.save(record('2', { status: 'running' }));
  await mkdir(join(folder, '3'));
  await mkdir(join(folder, '4'));
  writeFileSync(join(folder, '4', 'run.json'), '{"id":');
  expect((await store.list()).map((run) => run.id)).toEqual(['2', '1']);
});

test('saves keep their order', async () => {
  const one = record('1', { status: 'pending' });
  const states: Progress[] = [{ status: 'running' }, { status: 'succeeded' }];
  const writes = states.map((state) => {
    one.state = state;
    return store.save(one);
  });
  await Promise.all(writes);
  expect((await store.read('1'))?.state).toEqual({ status: 'succeeded' });
});

test('what a killed process left open is marked down to its actions', async () => {
  const running = { status: 'running' } as const;
  const actions = [{ name: 'a', provider: 'CodeBuild', state: running }];
  await store.save(record('1', running, { stages: [{ name: 's', state: running, actions }] }));
  await store.save(record('2', { status: 'succeeded' }));
  const marked = await store.markInterrupted('killed');
  expect(marked.map((run) => run.id)).toEqual(['1']);
  const outcome = { status: 'interrupted', reason: 'killed' };
  expect(await store.read('1')).toMatchObject({
    state: outcome,
    stages: [{ state: outcome, actions: [{ state: outcome }] }],
  });
});

test('old runs lose what is heavy and keep their records', async () => {
  for (const id of ['1', '2', '3']) {
    await store.save(record(id, { status: 'succeeded' }));
    await mkdir(join(folder, id, 'artifacts'));
  }
  await store.prune(2);
  expect(['1', '2', '3'].filter((id) => existsSync(join(folder, id, 'artifacts')))).toEqual(['2', '3']);
  expect((await store.list()).length).toBe(3);
});

test('log files of odd names stay inside the run', () => {
  expect(store.logFile('1', '../x', 'a/b c')).toBe(join(folder, '1', 'logs', '.._x.a_b_c.log'));
});

const DECISIONS: readonly { why: string; head?: string; last?: Progress; release: boolean }[] = [
  { why: 'nothing was pushed', release: false },
  { why: 'a commit that no run knows', head: 'c1', release: true },
  { why: 'it was released', head: 'c1', last: { status: 'succeeded' }, release: false },
  {
    why: 'it failed: it would fail again',
    head: 'c1',
    last: { status: 'failed', reason: '', details: [] },
    release: false,
  },
  { why: 'it was interrupted', head: 'c1', last: { status: 'interrupted', reason: '' }, release: true },
  {
    why: 'its restart was never queued',
    head: 'c1',
    last: { status: 'superseded', reason: '' },
    release: true,
  },
];

test.each(DECISIONS)('the next start, when $why', ({ head, last, release }) => {
  const runs = last ? [record('2', last), record('1', { status: 'succeeded' }, { commit: 'c0' })] : [];
  expect(commitToRelease(head, runs)).toBe(release ? head : undefined);
});
