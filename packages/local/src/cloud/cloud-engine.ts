import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine } from '../engine/engine';
import type { CloudEndpoint } from '../engine/engine-client';
import { installEngine } from '../engine/engine-install';
import { otherEndpoint } from '../engine/other-endpoint';
import type { StateFolder } from './state-folder';

/** The end of a log that is shown, bytes. */
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 15;

/** How the engine ended by itself. */
export interface EngineEnd {
  /** One line: exit code or signal. */
  readonly reason: string;
  /** Its log's last lines, oldest first. */
  readonly logTail: readonly string[];
}

/** The engine as the local cloud uses it. */
export interface CloudEngine extends CloudEndpoint {
  /** Saves and ends it. */
  stop(): Promise<unknown>;
  /** Ends it without saving. */
  kill(): Promise<unknown>;
  /** Settles when it has ended, however it did; never for an endpoint that somebody else runs. */
  readonly ended: Promise<EngineEnd>;
}

export interface EngineRequest {
  readonly folder: StateFolder;
  /** 0 takes a free one. */
  readonly port: number;
  /** What takes time, one line each. */
  readonly onProgress: (line: string) => void;
}

/**
 * The endpoint that the environment names, else the pinned engine, installed when it is not yet.
 *
 * @throws EngineInstallError, EngineStartError
 */
export async function openEngine(request: EngineRequest): Promise<CloudEngine> {
  const { folder, port, onProgress } = request;
  const other = otherEndpoint(process.env);
  const nothing = async () => undefined;
  if (other) return { ...other, stop: nothing, kill: nothing, ended: new Promise(() => undefined) };
  const python = await installEngine({ venvFolder: folder.venv, onProgress });
  const logFile = join(folder.logs, 'engine.log');
  const engine = await startEngine({ python, stateFolder: folder.state, logFile, port });
  const ended = engine.exited.then(async ({ code, signal }) => ({
    reason: signal ? `signal ${signal}` : `exit code ${code}`,
    logTail: await logTail(logFile),
  }));
  return { ...engine, stop: () => engine.stop(), kill: () => engine.kill(), ended };
}

async function logTail(file: string): Promise<readonly string[]> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n').filter(Boolean);
    return lines.slice(-TAIL_LINES);
  } finally {
    await handle.close();
  }
}
