import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ENGINE_FOLDER } from './engine-install';
import { EngineStartError } from './errors';

/** The launcher's settings line; see engine/launcher.py. */
export interface LauncherSettings {
  readonly port: number;
  readonly adminToken: string;
  readonly rootSecret: string;
  readonly stateFolder: string;
  readonly persist: boolean;
  readonly alarmMinuteSeconds: number;
}

/** How the engine's process ended. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LaunchedProcess {
  readonly pid: number;
  readonly port: number;
  readonly exited: Promise<EngineExit>;
  /** Asks the process to end; kills it when it has not within `graceMs`. */
  stop(graceMs: number): Promise<EngineExit>;
  /** Kills the process at once, nothing is saved. */
  kill(): Promise<EngineExit>;
}

/** The variables the engine, and through it a function, may know of this process. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ'] as const;

const cleanEnvironment = () =>
  Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

interface Reported {
  readonly event: 'ready' | 'failed';
  readonly port?: number;
  readonly reason?: string;
  readonly message?: string;
}

const firstReport = (child: ChildProcess, logFile: string, limitMs: number): Promise<Reported> =>
  new Promise((resolve, reject) => {
    const fail = (reason: string, message: string) =>
      reject(new EngineStartError(`${message}; see ${logFile}`, reason));
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail('slow', `the engine was not ready within ${limitMs / 1000} s`);
    }, limitMs);
    const settle = (act: () => void) => {
      clearTimeout(late);
      act();
    };
    child.once('error', (cause) =>
      settle(() => fail('engine-missing', `the engine does not start: ${cause.message}`)),
    );
    child.once('exit', (code, signal) =>
      // The report, if there is one, is read before the streams close.
      child.once('close', () =>
        settle(() => fail('ended', `the engine ended at its start (${signal ?? code})`)),
      ),
    );
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once('line', (line) => settle(() => resolve(JSON.parse(line) as Reported)));
  });

/**
 * Starts the launcher and waits until the engine serves.
 *
 * Standard input stays open as the sign that this process lives: when it closes, the engine ends by itself.
 *
 * @throws EngineStartError
 */
export async function launch(
  python: string,
  settings: LauncherSettings,
  logFile: string,
  limitMs = 60_000,
): Promise<LaunchedProcess> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  // The engine leaves the folders of its functions behind: here they go with the process, or with the next start.
  const temporary = join(settings.stateFolder, 'tmp');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const child = spawn(python, [join(ENGINE_FOLDER, 'launcher.py')], {
    env: { ...cleanEnvironment(), TMPDIR: temporary },
    cwd: ENGINE_FOLDER,
    stdio: ['pipe', 'pipe', log],
    // Out of the terminal's process group: Ctrl-C is for us, who end the engine when nothing is half-done.
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<EngineExit>((resolve) => {
    const end = (exit: EngineExit) => {
      rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
      resolve(exit);
    };
    child.once('exit', (code, signal) => end({ code, signal }));
    child.once('error', () => end({ code: null, signal: null }));
  });
  // A process that is gone before it read its settings is reported by its exit.
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(`${JSON.stringify(settings)}\n`);
  const report = await firstReport(child, logFile, limitMs);
  if (report.event === 'failed' || report.port === undefined) {
    await exited;
    throw new EngineStartError(report.message ?? 'the engine does not start', report.reason ?? 'ended');
  }
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  return {
    pid: child.pid as number,
    port: report.port,
    exited,
    stop: async (graceMs) => {
      end('SIGTERM');
      const late = setTimeout(() => end('SIGKILL'), graceMs);
      const exit = await exited;
      clearTimeout(late);
      return exit;
    },
    kill: async () => {
      end('SIGKILL');
      return exited;
    },
  };
}
