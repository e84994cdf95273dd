import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudNotRunningError, type RunRecord, RunStore } from '@granary/local';
import { EXIT } from '../cli-error';
import { readPages, removePages, writePages } from '../host/pages-file';
import { readSession, removeSession, writeSession } from '../host/session-file';
import { MANIFEST } from '../render/sample-fleet';
import { addTenant } from './add-tenant';
import { decide } from './decide';
import { down } from './down';
import { logs } from './logs';
import { plan } from './plan';
import { ProjectForTests } from './project-for-tests';
import { push } from './push';
import { status } from './status';

let project: ProjectForTests;

beforeEach(async () => {
  project = await ProjectForTests.make(MANIFEST);
});
afterEach(() => project.remove());

const HOOLI = { name: 'Hooli', cell: 'us-1', email: 'admin@hooli.example' };

test('a tenant is added to the manifest, with the wave of its next release', async () => {
  expect(await addTenant(project.context(true), 'hooli', { ...HOOLI, ring: 'canary' })).toBe(EXIT.ok);
  expect(JSON.parse(project.takeLines().join(''))).toMatchObject({
    wave: 'first',
    tenant: { id: 'hooli', tier: 'platinum' },
  });
  const manifest = JSON.parse(await readFile(join(project.folder, 'tenants.json'), 'utf8'));
  expect(manifest.tenants.at(-1)).toMatchObject({ id: 'hooli', adminEmail: HOOLI.email, ring: 'canary' });
});

test.each([
  ['an id that is taken', 'acme', HOOLI, /acme/],
  ['a cell that does not exist', 'hooli', { ...HOOLI, cell: 'mars-1' }, /mars-1/],
  ['a ring that no wave names', 'hooli', { ...HOOLI, ring: 'outer' }, /outer/],
])('%s leaves the manifest as it was', async (_, id, given, message) => {
  const before = await readFile(join(project.folder, 'tenants.json'), 'utf8');
  await expect(addTenant(project.context(), id, given)).rejects.toThrow(message);
  expect(await readFile(join(project.folder, 'tenants.json'), 'utf8')).toBe(before);
});

test('the plan is the whole rollout as JSON, or waves for a person', async () => {
  await plan(project.context(true));
  expect(JSON.parse(project.takeLines().join(''))).toMatchObject({
    waves: [{ name: 'first' }, { name: 'all' }],
  });
  project.takeLines();
  await plan(project.context());
  expect(project.takeLines().join('\n')).toContain('wave 1: first');
});

test('a manifest with mistakes tells all of them', async () => {
  await writeFile(
    join(project.folder, 'tenants.json'),
    JSON.stringify({ ...MANIFEST, application: 'B A R N', pools: 1 }),
  );
  await expect(plan(project.context())).rejects.toThrow(/2 problems/);
});

test('a folder without a manifest is told apart from a wrong one', async () => {
  await rm(join(project.folder, 'tenants.json'));
  await expect(plan(project.context())).rejects.toThrow('cannot be read: run this in the project');
});

const RUN: RunRecord = {
  id: '11111111-aaaa',
  commit: '3f2a1c90'.padEnd(40, 'a'),
  subject: 'Sow',
  pipeline: 'barn-pipeline',
  queuedAt: '2026-11-24T00:00:00.000Z',
  state: { status: 'succeeded' },
  stages: [
    {
      name: 'Build',
      state: { status: 'succeeded' },
      actions: [{ name: 'Synth', provider: 'CodeBuild', state: { status: 'succeeded' } }],
    },
    {
      name: 'acme',
      state: { status: 'succeeded' },
      actions: [{ name: 'Register', provider: 'CodeBuild', state: { status: 'succeeded' } }],
    },
    {
      name: 'Wave-all',
      state: { status: 'succeeded' },
      actions: [{ name: 'Register', provider: 'CodeBuild', state: { status: 'succeeded' } }],
    },
  ],
};

async function store(): Promise<void> {
  const runs = new RunStore(join(project.folder, '.granary', 'runs'));
  await runs.save(RUN);
  await writeFile(runs.logFile(RUN.id, 'Build', 'Synth'), 'first\nsecond\n');
}

test.each([['last'], ['11111111'], ['3f2a1c9']])('a release is found as %s', async (name) => {
  await store();
  await logs(project.context(), name, undefined);
  expect(project.takeLines()[0]).toBe('release 3f2a1c90  Sow');
});

test('an action shows what it printed, line by line', async () => {
  await store();
  await logs(project.context(), 'last', 'Synth');
  expect(project.takeLines()).toEqual(['first', 'second']);
});

test.each([
  ['a run that is none', 'zzz', undefined, EXIT.usage, /no run or commit starts with "zzz".*3f2a1c90/],
  ['an action that is none', 'last', 'Reap', EXIT.usage, /no action "Reap" \(Build\.Synth/],
  ['a name of two actions', 'last', 'Register', EXIT.usage, /acme\.Register, Wave-all\.Register/],
  ['an action without output', 'last', 'acme.Register', EXIT.failure, /printed nothing yet/],
])('%s is told', async (_, run, action, exitCode, message) => {
  await store();
  await expect(logs(project.context(), run, action)).rejects.toMatchObject({
    exitCode,
    message: expect.stringMatching(message),
  });
});

test('before the first release there is nothing to show', async () => {
  await expect(logs(project.context(), 'last', undefined)).rejects.toThrow('nothing was released yet');
});

test.each<[string, () => Promise<unknown>]>([
  ['status', () => status(project.context())],
  ['push', () => push(project.context())],
  ['approve', () => decide(project.context(), 'approve', undefined, undefined)],
])('%s without a local cloud says how to start one', async (_, command) => {
  await expect(command()).rejects.toBeInstanceOf(CloudNotRunningError);
});

test('to stop what does not run is no failure', async () => {
  expect(await down(project.context(true))).toBe(EXIT.ok);
  expect(JSON.parse(project.takeLines().join(''))).toEqual({ stopped: false });
});

test("the operator's session is readable by its owner only, and goes", async () => {
  const stateFolder = join(project.folder, '.granary');
  await mkdir(stateFolder);
  const session = {
    ...{ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', apiUrl: 'http://127.0.0.1:1/' },
    ...{ userPoolClientId: 'client', userName: 'operator', password: 'secret' },
  };
  await writeSession(stateFolder, session);
  expect(await readSession(stateFolder)).toEqual(session);
  expect((await stat(join(stateFolder, 'operator.json'))).mode & 0o077).toBe(0);
  await removeSession(stateFolder);
  expect(await readSession(stateFolder)).toBeUndefined();
});

test('the pages that a start serves are found by other commands, until they go', async () => {
  const stateFolder = join(project.folder, '.granary');
  await mkdir(stateFolder);
  expect(await readPages(stateFolder)).toEqual([]);
  const pages = [{ page: 'sign-up', url: 'http://localhost:4581/sign-up' }];
  await writePages(stateFolder, pages);
  expect(await readPages(stateFolder)).toEqual(pages);
  await removePages(stateFolder);
  expect(await readPages(stateFolder)).toEqual([]);
});
