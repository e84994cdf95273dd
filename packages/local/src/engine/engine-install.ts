import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineInstallError } from './errors';
import { findPython, type Python } from './python';

/** The folder of the launcher, the gap files and the requirements. */
export const ENGINE_FOLDER = join(__dirname, '..', '..', 'engine');
const REQUIREMENTS = join(ENGINE_FOLDER, 'requirements.txt');
const MARKER = 'granary-complete.json';
/** A lock whose holder gave no sign for this long is a dead process's. */
const STALE_LOCK_MS = 30_000;

export interface EngineInstallOptions {
  /** Folder of the virtual environment, such as `.granary/venv`; made or made anew when needed. */
  readonly venvFolder: string;
  /**
   * The Python to use, a command or path.
   * @default the first of python3, python3.13 ... that is 3.10 or later
   */
  readonly python?: string;
  /**
   * Told what is going on, one line each, when anything has to be done.
   * @default nobody is told
   */
  readonly onProgress?: (line: string) => void;
}

const digestOf = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

const interpreterOf = (venvFolder: string) => join(venvFolder, 'bin', 'python');

const isComplete = async (venvFolder: string, digest: string): Promise<boolean> => {
  try {
    const marker = JSON.parse(await readFile(join(venvFolder, MARKER), 'utf8')) as { requirements?: string };
    // The interpreter is a link to the Python it was made with, which may be gone.
    await stat(interpreterOf(venvFolder));
    return marker.requirements === digest;
  } catch {
    return false;
  }
};

const runStep = (command: string, args: readonly string[], what: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (cause) =>
      reject(new EngineInstallError(`${what}: ${command} does not start`, { cause })),
    );
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new EngineInstallError(`${what} failed (exit ${code}): ${output.trim()}`));
    });
  });

const build = async (venvFolder: string, python: Python): Promise<void> => {
  const withoutPip = python.packages === 'outer-pip' ? ['--without-pip'] : [];
  await runStep(python.command, ['-m', 'venv', ...withoutPip, venvFolder], `making ${venvFolder}`);
  const target = python.packages === 'outer-pip' ? ['--python', interpreterOf(venvFolder)] : [];
  await runStep(
    python.packages === 'outer-pip' ? python.command : interpreterOf(venvFolder),
    // biome-ignore format: one option and its value per line reads worse
    ['-m', 'pip', ...target, 'install', '--quiet', '--disable-pip-version-check', '--no-input',
      '--only-binary', ':all:', '--require-hashes', '-r', REQUIREMENTS],
    'installing the engine from the package index',
  );
};

/** Runs `work` while this process alone holds `lock`; the holder shows that it lives by touching it. */
const alone = async (lock: string, work: () => Promise<void>): Promise<void> => {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const touched = await stat(lock).catch(() => undefined);
      if (touched && Date.now() - touched.mtimeMs > STALE_LOCK_MS)
        await rm(lock, { recursive: true, force: true });
      else await pause(200);
    }
  }
  const beat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), 5_000);
  try {
    await work();
  } finally {
    clearInterval(beat);
    await rm(lock, { recursive: true, force: true });
  }
};

/**
 * Makes sure that the engine's virtual environment is there and whole; a half-made or outdated one is made anew.
 *
 * @returns the path of the environment's Python.
 * @throws EngineInstallError when no usable Python is found or a step fails.
 */
export async function installEngine(options: EngineInstallOptions): Promise<string> {
  const { venvFolder, onProgress = () => undefined } = options;
  const digest = await digestOf(REQUIREMENTS);
  if (await isComplete(venvFolder, digest)) return interpreterOf(venvFolder);
  await alone(`${venvFolder}.lock`, async () => {
    if (await isComplete(venvFolder, digest)) return;
    const python = await findPython(options.python === undefined ? undefined : [options.python]);
    onProgress(`installing the local cloud's engine with python ${python.version} into ${venvFolder}`);
    await rm(venvFolder, { recursive: true, force: true });
    await build(venvFolder, python);
    // The marker comes last: without it the environment is not whole.
    await writeFile(
      join(venvFolder, MARKER),
      JSON.stringify({ requirements: digest, python: python.version }),
    );
    onProgress('the engine is installed');
  });
  return interpreterOf(venvFolder);
}
