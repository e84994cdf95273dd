import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildPhase } from './buildspec';
import { ActionFailedError, RunInterruptedError } from './errors';
import type { ActionLog } from './log-file';

const EXPORTED = 'exported';

export interface ShellBuild {
  readonly phases: readonly BuildPhase[];
  /** Folder that the commands start in. */
  readonly folder: string;
  /** The whole environment: nothing of the daemon's own is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** For scripts and the state that phases hand on. */
  readonly scratch: string;
  readonly log: ActionLog;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Names whose values at the end are returned. @default none */
  readonly exportedVariables?: readonly string[];
}

/**
 * Runs a buildspec's phases as CodeBuild does: a phase's commands share one shell; variables that are exported
 * and the folder carry over to the next phase; a command that fails ends its phase; `post_build` follows a failed
 * `build` (CODEBUILD_BUILD_SUCCEEDING says so), no other phase follows a failed one; `finally` always runs.
 *
 * @returns the exported variables
 * @throws ActionFailedError with the log's end
 * @throws RunInterruptedError when the signal stopped it
 */
export async function runShellBuild(build: ShellBuild): Promise<Record<string, string>> {
  await mkdir(build.scratch, { recursive: true });
  let failure: ActionFailedError | undefined;
  for (const phase of build.phases) {
    if (failure && phase.name !== 'post_build') break;
    build.log.line(`[granary] phase ${phase.name}`);
    const succeeding = failure ? '0' : '1';
    const broken = await runCommands(build, phase.name, phase.commands, succeeding);
    const unfinished = await runCommands(build, `${phase.name}.finally`, phase.finally, succeeding);
    failure ??= broken ?? unfinished;
    if (failure && phase.name !== 'build') break;
  }
  if (failure) throw failure;
  return readExported(build);
}

async function runCommands(
  build: ShellBuild,
  name: string,
  commands: readonly string[],
  succeeding: string,
): Promise<ActionFailedError | undefined> {
  if (commands.length === 0) return undefined;
  const script = join(build.scratch, `${name}.sh`);
  await writeFile(script, phaseScript(build, commands, succeeding));
  const code = await runScript(build, script);
  if (code === 0) return undefined;
  return new ActionFailedError(`phase ${name} failed with exit code ${code}`, build.log.tail());
}

function phaseScript(
  { scratch, exportedVariables = [] }: ShellBuild,
  commands: readonly string[],
  succeeding: string,
): string {
  const state = quote(join(scratch, 'state.sh'));
  const exported = quote(join(scratch, EXPORTED));
  const lines = commands.map((command) => {
    const text = quote(command);
    return `printf '[granary] $ %s\\n' ${text}\neval ${text}\n__status=$?\n[ $__status -eq 0 ] || exit $__status`;
  });
  const values = exportedVariables.map((name) => `"${name}=\${${name}-}"`).join(' ');
  // The daemon holds the other end of descriptor 3: when it is killed, the build ends with all that it started.
  return `( read -r _ <&3; kill -KILL -- -$$ ) > /dev/null 2>&1 &
__watch=$!
disown $__watch
exec 3<&-
__leave() {
  __status=$?
  kill $__watch 2> /dev/null
  { export -p; printf 'cd %q\\n' "$PWD"; } > ${state}
  ${values ? `printf '%s\\0' ${values} > ${exported}` : ':'}
  exit $__status
}
trap __leave EXIT
if [ -f ${state} ]; then . ${state}; fi
export CODEBUILD_BUILD_SUCCEEDING=${succeeding}
${lines.join('\n')}
`;
}

async function readExported(build: ShellBuild): Promise<Record<string, string>> {
  if (!build.exportedVariables?.length) return {};
  const text = await readFile(join(build.scratch, EXPORTED), 'utf8').catch(() => '');
  const pairs = text.split('\0').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

function runScript(build: ShellBuild, script: string): Promise<number> {
  const { folder, environment, log, signal, timeoutMs } = build;
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', script], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // A process group of its own, so that a stop reaches what the commands started.
      detached: true,
    });
    const stop = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      stop();
    }, timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (chunk: string) => log.write(chunk));
    }
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    child.on('error', (cause) => {
      settle();
      reject(new ActionFailedError(`bash cannot be started: ${cause.message}; builds need bash on the PATH`));
    });
    child.on('close', (code) => {
      settle();
      if (signal.aborted) reject(new RunInterruptedError('the build was stopped'));
      else if (expired)
        reject(new ActionFailedError(`the build took longer than ${timeoutMs / 60000} minutes`, log.tail()));
      else resolve(code ?? 1);
    });
  });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
