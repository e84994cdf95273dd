import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ChildFailedError } from './bench-error';

const LAST_LINES = 25;
/** Characters of each. */
const LINE_LENGTH = 300;
/** What a command has to end by itself after it was told to. */
const GRACE_MS = 15_000;

export interface ChildOptions {
  readonly cwd: string;
  /** Added to this process's environment. @default nothing */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** @default nobody is told */
  readonly onStarted?: (pid: number) => void;
  /** Each line of its standard output. @default kept for the error only */
  readonly onLine?: (line: string) => void;
}

export interface ChildRun {
  /** From its start to the end of all of its output. */
  readonly milliseconds: number;
  readonly stdout: readonly string[];
}

/**
 * Runs a command and all that it starts as one group, which is ended with it.
 *
 * @throws ChildFailedError when it fails, takes too long or is aborted
 */
export async function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<ChildRun> {
  const { cwd, env = {}, timeoutMs, signal, onStarted, onLine } = options;
  const title = [command, ...args].join(' ');
  signal.throwIfAborted();
  const began = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stdout: string[] = [];
  const said: string[] = [];
  const keep = (line: string) => {
    said.push(line.slice(0, LINE_LENGTH));
    if (said.length > LAST_LINES) said.shift();
  };
  readLines(child.stdout, (line) => {
    stdout.push(line);
    keep(line);
    onLine?.(line);
  });
  readLines(child.stderr, keep);
  if (child.pid !== undefined) onStarted?.(child.pid);
  let why: string | undefined;
  const end = (reason: string) => {
    why ??= reason;
    endGroup(child);
  };
  const late = setTimeout(() => end(`took longer than ${timeoutMs / 1000} s`), timeoutMs);
  const aborted = () => end('was interrupted');
  signal.addEventListener('abort', aborted);
  try {
    const reason = await ending(child);
    if (why ?? reason) throw new ChildFailedError(title, why ?? reason ?? '', said);
    return { milliseconds: performance.now() - began, stdout };
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', aborted);
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

/** @returns why it counts as failed, `undefined` when it does not */
function ending(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`does not start: ${error.message}`));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal ? `ended by ${signal}` : `exit code ${code}`),
    );
  });
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const tell = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // The whole group has ended.
    }
  };
  tell('SIGTERM');
  setTimeout(() => tell('SIGKILL'), GRACE_MS).unref();
}
