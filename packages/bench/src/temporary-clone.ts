import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadManifest, type Manifest } from '@granary/manifest';
import { runChild } from './child';

const GIT_MS = 60_000;

/** A clone of HEAD in a folder of its own, as a person would make it; `remove` takes it away. */
export class TemporaryClone {
  private constructor(
    /** Absolute. */
    readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param source the repository's folder
   * @throws ChildFailedError when it cannot be cloned
   */
  static async make(source: string, signal: AbortSignal): Promise<TemporaryClone> {
    const folder = await mkdtemp(join(tmpdir(), 'clone-'));
    const clone = new TemporaryClone(folder, signal);
    try {
      await clone.git('clone', '--quiet', source, '.');
      await clone.git('config', 'user.name', 'Granary bench');
      await clone.git('config', 'user.email', 'bench@granary.example.com');
      return clone;
    } catch (error) {
      await clone.remove();
      throw error;
    }
  }

  get stateFolder(): string {
    return join(this.folder, '.granary');
  }

  async head(): Promise<string> {
    const { stdout } = await this.git('rev-parse', 'HEAD');
    return stdout[0] ?? '';
  }

  async manifest(): Promise<Manifest> {
    return loadManifest(await readFile(join(this.folder, 'tenants.json'), 'utf8'));
  }

  async edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  }

  append(file: string, text: string): Promise<void> {
    return appendFile(join(this.folder, file), text);
  }

  /** @returns the new commit */
  async commit(message: string): Promise<string> {
    await this.git('commit', '--quiet', '--all', `--message=${message}`);
    return this.head();
  }

  /** Pushes HEAD and returns when the local cloud has it, not when it is released. */
  async push(remote: string, branch: string): Promise<void> {
    await this.git('push', '--quiet', remote, `HEAD:${branch}`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private git(...args: readonly string[]) {
    const { folder: cwd, signal } = this;
    // Quiet for the hook of the local cloud's remote.
    return runChild('git', args, { cwd, signal, timeoutMs: GIT_MS, env: { GRANARY_PUSH: 'quiet' } });
  }
}
