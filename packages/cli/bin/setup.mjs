// What the root commands need before any package is installed: plain Node, no dependency.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's root. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const MARKER = join('node_modules', '.granary-setup.json');
const TAIL_LINES = 25;

/** The machine or the clone cannot run the commands; the message says what to do. */
export class SetupError extends Error {
  name = 'SetupError';
}

/**
 * Makes sure that node and git fit and that the workspace's packages are installed as its lock file says. Does
 * nothing, and says nothing, when they are.
 *
 * @param {{ root?: string, say?: (line: string) => void, nodeVersion?: string, path?: string }} options
 * @returns {Promise<'ready' | 'installed'>}
 * @throws {SetupError}
 */
export async function setup(options = {}) {
  const { root = ROOT, say = sayToStderr, nodeVersion = process.versions.node } = options;
  const environment = { ...process.env, ...(options.path === undefined ? {} : { PATH: options.path }) };
  const workspace = await readWorkspace(root);
  checkNode(nodeVersion, workspace.engines?.node);
  const wanted = await installDigest(root, workspace, nodeVersion);
  if ((await installedDigest(root)) === wanted) return 'ready';
  await checkTools({ root, environment, say });
  await install({ root, environment, say, pin: pnpmPin(workspace) });
  await mkdir(join(root, 'node_modules'), { recursive: true });
  await writeFile(join(root, MARKER), `${JSON.stringify({ digest: wanted })}\n`);
  return 'installed';
}

/** Prints a setup's failure as a person reads it, and ends with exit code 1; anything else is a fault of ours. */
export function failSetup(error) {
  process.stderr.write(error instanceof SetupError ? `granary: ${error.message}\n` : `${error.stack}\n`);
  process.exit(1);
}

async function readWorkspace(root) {
  const file = join(root, 'package.json');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new SetupError(`"${file}" cannot be read: run this in a clone of the whole repository`, { cause });
  });
  return JSON.parse(text);
}

function checkNode(version, range = '>= 20.0.0') {
  const oldest = Number(/(\d+)/.exec(range)?.[1] ?? 0);
  if (Number(version.split('.')[0]) >= oldest) return;
  throw new SetupError(
    `node ${version} is too old: install node ${oldest} or later (https://nodejs.org, or "nvm install")`,
  );
}

async function checkTools({ root, environment, say }) {
  const [gitVersion, pythonVersion] = await Promise.all([
    output('git', ['--version'], { cwd: root, env: environment }),
    output('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
      cwd: root,
      env: environment,
    }),
  ]);
  if (gitVersion === undefined)
    throw new SetupError('git is not installed: a release is a commit (https://git-scm.com/downloads)');
  const [major = 0, minor = 0] = (pythonVersion ?? '').split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 10))
    say(
      `note: the local cloud needs python3 3.10 or later; ${pythonVersion ? `this machine has ${pythonVersion}` : 'none was found'}`,
    );
}

/** What the installed packages depend on: the lock file, the members' lists, the tool and node's major version. */
async function installDigest(root, workspace, nodeVersion) {
  const hash = createHash('sha256').update(`${workspace.packageManager} node ${nodeVersion.split('.')[0]}\n`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml'])
    hash.update(await readFile(join(root, file)).catch(() => ''));
  const members = await readdir(join(root, 'packages')).catch(() => []);
  // A member whose folder came or went changes the links between members, with or without the lock file.
  hash.update(members.sort().join('\n'));
  return hash.digest('hex');
}

async function installedDigest(root) {
  try {
    return JSON.parse(await readFile(join(root, MARKER), 'utf8')).digest;
  } catch {
    return undefined;
  }
}

function pnpmPin({ packageManager = '' }) {
  const version = /^pnpm@(\d+\.\d+\.\d+)/.exec(packageManager)?.[1];
  if (version) return version;
  throw new SetupError(
    `package.json: packageManager is ${JSON.stringify(packageManager)}, not "pnpm@<version>"`,
  );
}

async function install({ root, environment, say, pin }) {
  const own = { cwd: root, env: environment };
  const found = await output('pnpm', ['--version'], own);
  const [command, ...prefix] = found === pin ? ['pnpm'] : ['npx', '--yes', `pnpm@${pin}`];
  const first = await access(join(root, 'node_modules')).then(
    () => false,
    () => true,
  );
  say(`installing packages with pnpm ${pin}${first ? ' (the first time takes a minute or so)' : ''}`);
  const started = Date.now();
  const args = [...prefix, 'install', '--frozen-lockfile', '--config.confirm-modules-purge=false'];
  const { code, said, failure } = await run(command, args, own);
  if (failure?.code === 'ENOENT')
    throw new SetupError(`"${command}" is not installed: it comes with node (https://nodejs.org)`);
  if (code !== 0)
    throw new SetupError(
      [`"${[command, ...args].join(' ')}" failed (exit code ${code})`, ...lastLines(said)].join('\n  '),
    );
  say(`packages installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** @returns what the command printed, trimmed; undefined when it fails or does not exist */
async function output(command, args, options) {
  const { code, said } = await run(command, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  return code === 0 ? said.trim() : undefined;
}

function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let said = '';
    const keep = (chunk) => {
      said = (said + chunk).slice(-64 * 1024);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (failure) => resolve({ code: undefined, said, failure }));
    child.once('close', (code, signal) => resolve({ code: code ?? signal, said, failure: undefined }));
  });
}

function lastLines(text) {
  return text.split('\n').filter(Boolean).slice(-TAIL_LINES);
}

function sayToStderr(line) {
  process.stderr.write(`granary: ${line}\n`);
}
