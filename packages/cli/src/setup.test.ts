import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SETUP = join(__dirname, '..', 'bin', 'setup.mjs');
const PIN = '10.34.9';
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'granary-setup-'));
  await mkdir(join(root, 'packages', 'api'), { recursive: true });
  await mkdir(join(root, 'bin'));
  await writePackage();
  await writeFile(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 9\n');
  await tool('git', 'echo git version 2');
  await tool('python3', 'echo 3.11');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function writePackage(more: object = {}) {
  const content = { packageManager: `pnpm@${PIN}`, engines: { node: '>= 20.0.0' }, ...more };
  return writeFile(join(root, 'package.json'), JSON.stringify(content));
}

/** A program on the PATH that writes down how it is called. */
async function tool(name: string, script: string): Promise<void> {
  const file = join(root, 'bin', name);
  await writeFile(file, `#!/bin/sh\necho "${name} $*" >> "${join(root, 'calls')}"\n${script}\n`);
  await chmod(file, 0o755);
}

const pnpm = (version: string, install = '/bin/mkdir -p node_modules') =>
  tool('pnpm', `case "$1" in --version) echo ${version} ;; *) ${install} ;; esac`);
const npx = (install = '/bin/mkdir -p node_modules') => tool('npx', install);

interface Told {
  readonly result: string;
  readonly said: readonly string[];
}

/** Runs setup in a process of its own, as the commands do. */
function setUp(options: object = {}): Promise<Told> {
  const program = `
    import { setup } from ${JSON.stringify(SETUP)};
    const said = [];
    const result = await setup({ ...${JSON.stringify({ root, ...options })}, say: (line) => said.push(line) })
      .catch((error) => error.name + ': ' + error.message);
    console.log(JSON.stringify({ result, said }));`;
  // Nothing but the made-up tools.
  const path = join(root, 'bin');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env: { PATH: path, HOME: root },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    child.once('error', reject);
    child.once('close', () => resolve(JSON.parse(text) as Told));
  });
}

async function calls(): Promise<string[]> {
  return (await readFile(join(root, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
}

test('packages are installed once, as the lock file says', async () => {
  await pnpm(PIN);
  expect((await setUp()).result).toBe('installed');
  expect(await calls()).toContainEqual(expect.stringMatching(/^pnpm install --frozen-lockfile/));
  const before = (await calls()).length;
  expect(await setUp()).toEqual({ result: 'ready', said: [] });
  expect((await calls()).length).toBe(before);
});

test.each<[string, () => Promise<unknown>]>([
  ['the lock file', () => writeFile(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 9\nmore: 1\n')],
  ['the pinned pnpm', () => writePackage({ packageManager: 'pnpm@10.34.10' })],
  ['the list of members', () => mkdir(join(root, 'packages', 'auth'))],
  ['the installed packages', () => rm(join(root, 'node_modules'), { recursive: true })],
])('packages are installed again after %s changed', async (_, change) => {
  await pnpm(PIN);
  await npx();
  await setUp();
  await change();
  expect((await setUp()).result).toBe('installed');
});

test.each([
  ['another pnpm is on the PATH', '9.0.0'],
  ['none is', undefined],
])('the pinned pnpm comes through npx when %s', async (_, version) => {
  if (version) await pnpm(version);
  await npx();
  expect((await setUp()).result).toBe('installed');
  expect(await calls()).toContainEqual(
    expect.stringContaining(`npx --yes pnpm@${PIN} install --frozen-lockfile`),
  );
});

test('a failed install shows what it said, and is tried again the next time', async () => {
  await pnpm(PIN, 'echo ERR_PNPM_OUTDATED_LOCKFILE; exit 1');
  const { result } = await setUp();
  expect(result).toMatch(
    /^SetupError: "pnpm install .*" failed \(exit code 1\)\n {2}ERR_PNPM_OUTDATED_LOCKFILE$/,
  );
  await pnpm(PIN);
  expect((await setUp()).result).toBe('installed');
});

test.each<[string, () => Promise<unknown>, object, RegExp]>([
  [
    'a node that is too old',
    () => pnpm(PIN),
    { nodeVersion: '18.20.0' },
    /node 18\.20\.0 is too old: install node 20/,
  ],
  ['no git', () => rm(join(root, 'bin', 'git')), {}, /git is not installed/],
  ['neither pnpm nor npx', async () => undefined, {}, /"npx" is not installed/],
  ['a pin that is none', () => writePackage({ packageManager: 'npm@10' }), {}, /packageManager is "npm@10"/],
  ['no package.json', () => rm(join(root, 'package.json')), {}, /run this in a clone/],
])('%s is an error that says what to do', async (_, arrange, options, message) => {
  await arrange();
  expect((await setUp(options)).result).toMatch(message);
});

test('a python that is too old for the local cloud is noted, no more', async () => {
  await pnpm(PIN);
  await tool('python3', 'echo 3.8');
  const { result, said } = await setUp();
  expect(result).toBe('installed');
  expect(said[0]).toContain('this machine has 3.8');
});
