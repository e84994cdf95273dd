import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildPhase, PhaseName } from './buildspec';
import { ActionLog } from './log-file';
import { runShellBuild, type ShellBuild } from './shell-build';

let folder: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-build-'));
  lines = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const phase = (name: PhaseName, commands: string[], last: string[] = []): BuildPhase => ({
  name,
  commands,
  finally: last,
});

const build = async (phases: BuildPhase[], more: Partial<ShellBuild> = {}) => {
  const log = new ActionLog(join(folder, 'log'), (line) => lines.push(line));
  try {
    return await runShellBuild({
      phases,
      folder,
      environment: { PATH: process.env.PATH ?? '' },
      scratch: join(folder, 'scratch'),
      log,
      signal: new AbortController().signal,
      timeoutMs: 20_000,
      ...more,
    });
  } finally {
    await log.close();
  }
};

const said = () => lines.filter((line) => !line.startsWith('[granary]'));

test("a phase's commands share a shell; exports and the folder reach the next phase", async () => {
  await build([
    phase('install', ['export A="it\'s 1"', 'B=2', 'mkdir d && cd d']),
    phase('build', ['echo "$A"', 'echo "b=$B."', 'basename "$PWD"']),
  ]);
  expect(said()).toEqual(["it's 1", 'b=.', 'd']);
});

test('a failed command ends its phase, and only post_build follows a failed build', async () => {
  const failed = build([
    phase('pre_build', ['echo before']),
    phase('build', ['echo one; (exit 3)', 'echo never'], ['echo finally']),
    phase('post_build', ['echo "succeeding=$CODEBUILD_BUILD_SUCCEEDING"']),
  ]);
  await expect(failed).rejects.toMatchObject({ message: 'phase build failed with exit code 3' });
  expect(said()).toEqual(['before', 'one', 'finally', 'succeeding=0']);
});

test('nothing follows a failed install', async () => {
  await expect(build([phase('install', ['exit 4']), phase('build', ['echo never'])])).rejects.toThrow(
    'exit code 4',
  );
  expect(said()).toEqual([]);
});

test('exported variables come back with their values', async () => {
  const values = await build([phase('build', ['VERSION="1 = 2"'])], {
    exportedVariables: ['VERSION', 'NONE'],
  });
  expect(values).toEqual({ VERSION: '1 = 2', NONE: '' });
});

test("the daemon's own environment does not reach the commands", async () => {
  await build([phase('build', ['echo "home=$HOME."'])]);
  expect(said()).toEqual(['home=.']);
});

test('a build that takes too long is ended with all it started', async () => {
  await expect(build([phase('build', ['tail -f /dev/null'])], { timeoutMs: 200 })).rejects.toThrow(
    'took longer than',
  );
});

test('an abort ends the build as interrupted', async () => {
  const abort = new AbortController();
  const running = build([phase('build', ['tail -f /dev/null'])], { signal: abort.signal });
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'RunInterruptedError' });
});

test('a build ends when the daemon is killed, because nobody is left to stop it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const daemon = spawn(process.execPath, [
    '--import',
    'tsx',
    join(__dirname, 'fixtures/daemon.ts'),
    folder,
    `${port}`,
  ]);
  const [held] = (await once(server, 'connection')) as [Socket];
  const closed = once(held.resume(), 'close');
  daemon.kill('SIGKILL');
  await closed;
  server.close();
});
