import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CloudStatus, ControlClient } from '@granary/local';
import { CliError, EXIT, type ExitCode } from '../cli-error';
import { answer, type CommandContext } from './command-context';

export interface UpOptions {
  /** @default the local cloud's usual port */
  readonly port?: number;
  /** Forgets all state first. @default false */
  readonly fresh?: boolean;
}

/** What `serve` tells the process that started it, once it takes pushes. */
export const READY = 'ready';
const TAIL_LINES = 15;

/** Starts the local cloud in the background and waits until it takes pushes. */
export async function up(context: CommandContext, options: UpOptions): Promise<ExitCode> {
  const { project } = context;
  const running = await statusOf(project.stateFolder);
  const cloud = running ?? (await startInBackground(context, options));
  answer(context, { ...cloud, wasRunning: running !== undefined }, () => [
    `the local cloud ${running ? 'runs already' : 'is up'} at ${cloud.endpoint} (process ${cloud.pid})`,
    `release with: git push local HEAD:${cloud.branch}    stop with: npm run granary -- down`,
  ]);
  return EXIT.ok;
}

/** @throws CliError with the end of its log when it does not start */
export async function startInBackground(context: CommandContext, options: UpOptions): Promise<CloudStatus> {
  const { project, signal } = context;
  const logs = join(project.stateFolder, 'logs');
  const logFile = join(logs, 'cloud.log');
  mkdirSync(logs, { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  const args = ['serve', '--project', project.folder, '--state', project.stateFolder];
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (options.fresh) args.push('--fresh');
  const program = join(__dirname, '..', '..', 'bin', 'granary.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const ready = await new Promise<boolean>((resolve) => {
      child.once('message', (message) => resolve(message === READY));
      child.once('error', () => resolve(false));
      child.once('exit', () => resolve(false));
    });
    const cloud = ready ? await statusOf(project.stateFolder) : undefined;
    if (cloud) return cloud;
    // A fresh start deletes the folder of logs while the file is open.
    const tail = (await readFile(logFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    throw new CliError(['the local cloud did not start', ...tail.slice(-TAIL_LINES)].join('\n  '));
  } finally {
    signal.removeEventListener('abort', stop);
    if (child.connected) child.disconnect();
    child.unref();
  }
}

async function statusOf(stateFolder: string): Promise<CloudStatus | undefined> {
  const client = await ControlClient.connect(stateFolder).catch(() => undefined);
  return client?.status().catch(() => undefined);
}
