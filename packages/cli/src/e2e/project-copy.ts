import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..', '..', '..');

/** A copy of this working tree, as it is now, in a repository of its own with one commit. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ProjectCopy> {
    const copy = new ProjectCopy(await mkdtemp(join(tmpdir(), 'granary-e2e-')));
    const { stdout } = await run('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
      cwd: ROOT,
      maxBuffer: 16 * 1024 * 1024,
    });
    for (const file of stdout.split('\0').filter(Boolean)) {
      await mkdir(dirname(join(copy.folder, file)), { recursive: true });
      // Listed, but deleted in the working tree.
      await cp(join(ROOT, file), join(copy.folder, file)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
    await copy.git('init', '--quiet', '--initial-branch=main');
    await copy.commit('Start the project');
    return copy;
  }

  async git(...args: string[]): Promise<string> {
    const identity = ['-c', 'user.name=Granary', '-c', 'user.email=test@granary.example.com'];
    const { stdout, stderr } = await run('git', [...identity, ...args], {
      cwd: this.folder,
      maxBuffer: 16 * 1024 * 1024,
    });
    return `${stdout}${stderr}`.trim();
  }

  /** @returns the commit's id */
  async commit(message: string): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
    return this.git('rev-parse', 'HEAD');
  }

  async edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
