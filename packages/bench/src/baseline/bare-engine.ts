import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BenchError } from '../bench-error';

const LAUNCHER = join(__dirname, '..', '..', 'engine', 'bare_engine.py');
const START_MS = 60_000;
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG'] as const;

/** The engine alone: no gap closed, nothing authorized. */
export interface BareEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts the engine on a free port.
 *
 * @param python of the engine's environment, from `installEngine`
 * @throws BenchError when it does not serve
 */
export async function startBareEngine(python: string): Promise<BareEngine> {
  const child = spawn(python, [LAUNCHER], {
    env: Object.fromEntries(
      PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    ),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(child, 'close');
  child.stdin.on('error', () => undefined);
  const stop = async () => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await exited;
    clearTimeout(late);
  };
  try {
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([
      once(lines, 'line', { signal: AbortSignal.timeout(START_MS) }),
      exited.then(() => {
        throw new BenchError('the bare engine ended at its start');
      }),
    ]);
    const { port } = JSON.parse(String(line)) as { port: number };
    return { endpoint: `http://127.0.0.1:${port}`, stop };
  } catch (cause) {
    await stop();
    throw cause instanceof BenchError ? cause : new BenchError('the bare engine does not start', { cause });
  }
}
