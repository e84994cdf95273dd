import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { git } from '../git/git';
import type { RunEvent } from '../pipeline/run-event';
import { type RunRecord, RunStore } from '../pipeline/run-record';
import { ControlClient } from './control-client';
import { LocalCloud } from './local-cloud';
import { ProjectUnderTest, startEngineWithPipeline } from './project-for-tests';

jest.setTimeout(60_000);

let project: ProjectUnderTest;
let cloud: LocalCloud | undefined;
let events: RunEvent[];

const start = async (more: { fresh?: boolean; port?: number } = {}): Promise<LocalCloud> => {
  cloud = await LocalCloud.start({
    projectFolder: project.folder,
    startEngine: startEngineWithPipeline,
    port: 0,
    onEvent: (event) => events.push(event),
    ...more,
  });
  return cloud;
};

const lastRun = async (): Promise<RunRecord> => {
  const { last } = (await cloud?.status()) ?? {};
  if (!last) throw new Error('no run ended');
  return last;
};

const seen = (fits: (event: RunEvent) => boolean): Promise<RunEvent> =>
  new Promise((resolve) => {
    const stop = cloud?.subscribe((event) => {
      if (!fits(event)) return;
      stop?.();
      resolve(event);
    });
  });

const note = async (): Promise<string | undefined> => {
  const client = new SSMClient(cloud?.engine.clientConfig('333333333333', 'eu-west-1') ?? {});
  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/tenant/note' }));
  client.destroy();
  return Parameter?.Value;
};

const template = () => readFileSync(join(project.folder, 'stacks/tenant.json'), 'utf8');

/** A build that goes on until the test lets it end. */
const held = (name: string) =>
  `mkdir -p out; cp stacks/*.json out/; echo held; while [ -e '${name}' ]; do sleep 0.05; done`;

beforeEach(async () => {
  project = await ProjectUnderTest.make();
  events = [];
  cloud = undefined;
});

afterEach(async () => {
  await cloud?.stop('the test is over');
  await project.close();
});

test('a push is released into another account by the deployed pipeline, with reachable urls', async () => {
  await start();
  const { commit, queued } = (await cloud?.push()) ?? {};
  expect(queued).toBe(true);
  await cloud?.idle();
  const run = await lastRun();
  expect(run).toMatchObject({ commit, state: { status: 'succeeded' }, pipeline: 'granary' });
  expect(run.stages.map((stage) => stage.name)).toEqual(['Source', 'Build', 'Wave1']);
  expect(await note()).toBe('one');
  const log = readFileSync(join(project.folder, `.granary/runs/${run.id}/logs/Wave1.Check.log`), 'utf8');
  const url = `${cloud?.engine.endpoint}/_aws/execute-api/abc123/prod/`;
  expect(log).toContain(`url=${url} run=${run.id} commit=${commit}`);
});

test('git push tells the pusher how the release went, and an unchanged stack is left alone', async () => {
  await start();
  await cloud?.push();
  await cloud?.idle();
  await project.commit('nothing new');
  const said = await git(project.folder, ['push', 'local', 'HEAD:main']).then(() => events);
  const deploy = said
    .filter((event) => event.type === 'action-ended' && event.action === 'acme.Deploy')
    .at(-1);
  expect(deploy).toMatchObject({ summary: 'no changes' });
  expect(said.at(-1)).toMatchObject({ type: 'run-ended', outcome: { status: 'succeeded' } });
});

test('a commit that does not build fails with the end of its log and touches no later stage', async () => {
  await start();
  await project.edit('broken', { 'build.sh': 'echo before; echo no such thing >&2; exit 7' });
  await cloud?.push();
  await cloud?.idle();
  const run = await lastRun();
  expect(run.state).toMatchObject({
    status: 'failed',
    reason: 'Build.Synth: phase build failed with exit code 7',
    details: expect.arrayContaining(['before', 'no such thing']),
  });
  expect(run.stages.at(-1)?.state).toEqual({ status: 'pending' });
});

test('a stack that cannot be made fails the release with the reason, and a better commit replaces it', async () => {
  await start();
  const good = template();
  await project.edit('bad', {
    'stacks/tenant.json': good.replace('"Type": "String", ', '"Type": "Nonsense", '),
  });
  await cloud?.push();
  await cloud?.idle();
  expect((await lastRun()).state).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/acme\.(Prepare|Deploy)/),
  });
  await project.edit('good', { 'stacks/tenant.json': good });
  await cloud?.push();
  await cloud?.idle();
  expect((await lastRun()).state).toEqual({ status: 'succeeded' });
});

test('a push during a run waits, and takes the place of one that has not started', async () => {
  await start();
  const gate = join(project.folder, '.granary', 'gate');
  writeFileSync(gate, '');
  const first = await project.edit('slow', { 'build.sh': held(gate) });
  const building = seen((event) => event.type === 'action-output' && event.line === 'held');
  await cloud?.push();
  await building;
  const second = await project.commit('overtaken');
  await cloud?.push();
  const third = await project.edit('newest', { 'build.sh': 'mkdir -p out; cp stacks/*.json out/' });
  await cloud?.push();
  rmSync(gate);
  await cloud?.idle();
  const ended = events.filter((event) => event.type === 'run-ended');
  expect(ended.map(({ commit, outcome }) => [commit, outcome.status])).toEqual([
    [second, 'superseded'],
    [first, 'succeeded'],
    [third, 'succeeded'],
  ]);
});

test('a stop in the middle of a run leaves it interrupted, and the next start carries on', async () => {
  await start();
  const gate = join(project.folder, '.granary', 'gate');
  writeFileSync(gate, '');
  await project.edit('slow', { 'build.sh': held(gate) });
  const building = seen((event) => event.type === 'action-output' && event.line === 'held');
  await cloud?.push();
  await building;
  await cloud?.stop('Ctrl-C');
  expect(events.at(-1)).toMatchObject({
    type: 'run-ended',
    outcome: { status: 'interrupted', reason: 'Ctrl-C' },
  });
  expect(existsSync(join(project.folder, '.granary/cloud.json'))).toBe(false);
  rmSync(gate);
  await start();
  await cloud?.idle();
  expect((await lastRun()).state).toEqual({ status: 'succeeded' });
});

test('an engine that dies in a run ends it as interrupted and the cloud with it', async () => {
  await start();
  const gate = join(project.folder, '.granary', 'gate');
  writeFileSync(gate, '');
  await project.edit('slow', { 'build.sh': held(gate) });
  const building = seen((event) => event.type === 'action-output' && event.line === 'held');
  await cloud?.push();
  await building;
  await cloud?.engine.kill();
  expect(await cloud?.ended).toMatchObject({ type: 'engine-died', reason: 'signal SIGKILL' });
  expect(events.at(-1)).toMatchObject({
    type: 'run-ended',
    outcome: { status: 'interrupted', reason: expect.stringContaining('the engine ended (signal SIGKILL)') },
  });
});

test('a second start on the same state folder names the process that runs', async () => {
  await start();
  const again = LocalCloud.start({
    projectFolder: project.folder,
    startEngine: startEngineWithPipeline,
    port: 0,
  });
  await expect(again).rejects.toMatchObject({ name: 'CloudRunsError', pid: process.pid });
});

test('a port that is taken is named, and the state folder is free again', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  await expect(start({ port })).rejects.toThrow(`port ${port} on 127.0.0.1`);
  await new Promise((resolve) => server.close(resolve));
  await start({ port });
  expect(cloud?.engine.endpoint).toBe(`http://127.0.0.1:${port}`);
});

test('a control client sees the state and can stop the cloud', async () => {
  await start();
  const client = await ControlClient.connect(join(project.folder, '.granary'));
  expect(await client.status()).toMatchObject({ state: 'ready', application: 'granary', branch: 'main' });
  await client.stop();
  expect(await cloud?.ended).toMatchObject({ type: 'stopped' });
  await expect(client.status()).rejects.toThrow('no local cloud runs');
});

test('a start after a kill takes the folder over, marks the run and carries on with its commit', async () => {
  await start();
  const { commit } = (await cloud?.push()) ?? {};
  await cloud?.idle();
  const killed = await lastRun();
  await cloud?.stop('to be forged into a kill');
  const state = join(project.folder, '.granary');
  const open = { ...killed, state: { status: 'running' }, endedAt: undefined };
  writeFileSync(join(state, 'runs', killed.id, 'run.json'), JSON.stringify(open));
  // No process has this id: it is beyond what Linux and macOS give.
  writeFileSync(join(state, 'cloud.json'), JSON.stringify({ pid: 99_999_999, startedAt: killed.queuedAt }));
  await start();
  await cloud?.idle();
  expect(await lastRun()).toMatchObject({ commit, state: { status: 'succeeded' } });
  expect((await new RunStore(join(state, 'runs')).read(killed.id))?.state).toMatchObject({
    status: 'interrupted',
  });
});
