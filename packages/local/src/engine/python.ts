import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EngineInstallError } from './errors';

const run = promisify(execFile);

/** A Python that can run the engine. */
export interface Python {
  /** The command or path that starts it. */
  readonly command: string;
  /** Such as `3.12`. */
  readonly version: string;
  /** How an environment gets its packages: with its own pip, or with the pip beside this Python. */
  readonly packages: 'own-pip' | 'outer-pip';
}

const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const OLDEST_MINOR = 10;
const PROBE = [
  'import importlib.util as u, json, sys',
  'print(json.dumps({"major": sys.version_info[0], "minor": sys.version_info[1],' +
    ' "venv": u.find_spec("venv") is not None, "ensurepip": u.find_spec("ensurepip") is not None,' +
    ' "pip": u.find_spec("pip") is not None}))',
].join('\n');

interface Probed {
  readonly major: number;
  readonly minor: number;
  readonly venv: boolean;
  readonly ensurepip: boolean;
  readonly pip: boolean;
}

const probe = async (command: string): Promise<Probed | undefined> => {
  try {
    const { stdout } = await run(command, ['-c', PROBE], { timeout: 20_000 });
    return JSON.parse(stdout) as Probed;
  } catch {
    return undefined;
  }
};

/**
 * The first Python 3.10 or later that can make a virtual environment.
 *
 * @throws EngineInstallError naming what was found and what to install.
 */
export async function findPython(candidates: readonly string[] = CANDIDATES): Promise<Python> {
  const faults: string[] = [];
  for (const command of candidates) {
    const found = await probe(command);
    if (!found) continue;
    const version = `${found.major}.${found.minor}`;
    if (found.major !== 3 || found.minor < OLDEST_MINOR) faults.push(`${command} is ${version}`);
    else if (!found.venv) faults.push(`${command} (${version}) has no venv module`);
    else if (found.ensurepip) return { command, version, packages: 'own-pip' };
    else if (found.pip) return { command, version, packages: 'outer-pip' };
    else faults.push(`${command} (${version}) has neither ensurepip nor pip`);
  }
  const seen = faults.length === 0 ? `none of ${candidates.join(', ')} starts` : faults.join('; ');
  throw new EngineInstallError(
    `no python for the local cloud: ${seen}. install python 3.${OLDEST_MINOR} or later with its venv module` +
      ' (debian and ubuntu: apt-get install python3 python3-venv; macos: brew install python)',
  );
}
