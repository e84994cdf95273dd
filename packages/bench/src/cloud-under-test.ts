import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { LOCAL_REMOTE, LocalCloud } from '@granary/local';
import { BenchError } from './bench-error';
import { type ChildRun, runChild } from './child';
import { type ObservedRelease, ReleaseWatch } from './release-watch';
import { TemporaryClone } from './temporary-clone';

const START_MS = 15 * 60_000;
const RELEASE_MS = 15 * 60_000;

export interface CloudOptions {
  /** The repository whose HEAD is measured. */
  readonly source: string;
  readonly signal: AbortSignal;
  /** What is being done, one line each. */
  readonly say: (line: string) => void;
}

/** A push that the local cloud releases. */
export interface Pushed {
  /** When `git push` was called, on `performance.now()`'s clock. */
  readonly at: number;
  readonly released: Promise<ObservedRelease>;
}

/**
 * A clone of HEAD and the local cloud that runs on it: as `npm start` in a process of its own, or inside this one,
 * which gives the measurements its events and the accounts' root.
 */
export class CloudUnderTest {
  private running: LocalCloud | undefined;
  private closed = false;

  private constructor(
    readonly clone: TemporaryClone,
    /** The engine's, the same at every start. */
    private readonly port: number,
    private readonly options: CloudOptions,
  ) {}

  static async make(options: CloudOptions): Promise<CloudUnderTest> {
    const clone = await TemporaryClone.make(options.source, options.signal);
    options.say(`measuring ${(await clone.head()).slice(0, 8)} in ${clone.folder}`);
    return new CloudUnderTest(clone, await freePort(), options);
  }

  /** `npm start -- --once` in a process of its own. @param onStarted is told its process id */
  async startOnce(onStarted?: (pid: number) => void): Promise<ChildRun> {
    const { clone, port, options } = this;
    return runChild('npm', ['start', '--', '--once', '--json', '--port', String(port)], {
      cwd: clone.folder,
      timeoutMs: START_MS,
      signal: options.signal,
      ...(onStarted ? { onStarted } : {}),
    });
  }

  /** `granary <args>` in the clone. */
  async granary(...args: readonly string[]): Promise<void> {
    const { clone, options } = this;
    await runChild('node', ['packages/cli/bin/granary.mjs', ...args], {
      cwd: clone.folder,
      timeoutMs: START_MS,
      signal: options.signal,
    });
  }

  /** The local cloud inside this process, with HEAD released. */
  async up(): Promise<LocalCloud> {
    if (this.running) return this.running;
    const { clone, port, options } = this;
    options.say('bringing up the local cloud, releasing HEAD');
    const cloud = await LocalCloud.start({
      projectFolder: clone.folder,
      port,
      approvals: 'automatic',
      onStep: options.say,
    });
    this.running = cloud;
    const watch = new ReleaseWatch(await clone.head());
    const stop = cloud.subscribe((event) => watch.accept(event));
    const { queued } = await cloud.push();
    if (queued) await this.patiently(watch.ended, 'the release of HEAD');
    stop();
    return cloud;
  }

  /** Pushes the clone's HEAD with git, which the local cloud releases. */
  async push(): Promise<Pushed> {
    const cloud = await this.up();
    const { branch } = await cloud.status();
    const watch = new ReleaseWatch(await this.clone.head());
    const stop = cloud.subscribe((event) => watch.accept(event));
    const at = performance.now();
    await this.clone.push(LOCAL_REMOTE, branch);
    const released = this.patiently(watch.ended, 'the release').finally(stop);
    released.catch(() => undefined);
    return { at, released };
  }

  /** Stops everything and removes the clone. Safe to call twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.running?.stop('the measurement has ended');
    await this.clone.remove();
  }

  /** @throws BenchError when it takes too long, the engine dies, or the measurement is interrupted */
  private async patiently<T>(work: Promise<T>, what: string): Promise<T> {
    const { signal } = this.options;
    const over = new AbortController();
    signal.throwIfAborted();
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(RELEASE_MS)]);
    const given = once(timeout, 'abort', { signal: over.signal }).then(() => {
      throw new BenchError(
        signal.aborted ? 'interrupted' : `${what} took longer than ${RELEASE_MS / 1000} s`,
      );
    });
    const died = this.running?.ended.then((end) => {
      throw new BenchError(
        ['the local cloud ended', ...(end.type === 'engine-died' ? end.logTail : [])].join('\n'),
      );
    });
    try {
      return await Promise.race([work, given, ...(died ? [died] : [])]);
    } finally {
      given.catch(() => undefined);
      died?.catch(() => undefined);
      over.abort();
    }
  }
}

/** One that nobody listens on now, and that every start of one cloud can take. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
