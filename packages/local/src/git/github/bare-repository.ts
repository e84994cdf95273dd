import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GitError, git, gitEnvironment } from '../git';

const run = promisify(execFile);

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Granary',
  GIT_AUTHOR_EMAIL: 'granary@localhost',
  GIT_COMMITTER_NAME: 'Granary',
  GIT_COMMITTER_EMAIL: 'granary@localhost',
};

export interface LoggedCommit {
  readonly sha: string;
  readonly message: string;
}

/** The branch, or the file, is not what the writer read. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}

/** What the GitHub calls need of a bare repository: no working tree, every move of a branch compared first. */
export class BareRepository {
  constructor(readonly folder: string) {}

  /** The commit of a ref, or undefined. */
  async resolve(ref: string): Promise<string | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    return (await git(this.folder, args).catch(() => '')) || undefined;
  }

  /** The blob of a file in a commit, or undefined. */
  async blobOf(commit: string, path: string): Promise<string | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:${path}`];
    return (await git(this.folder, args).catch(() => '')) || undefined;
  }

  /** A blob's bytes. */
  async content(blob: string): Promise<Buffer> {
    const { stdout } = await run('git', ['cat-file', 'blob', blob], {
      cwd: this.folder,
      env: gitEnvironment(),
      encoding: 'buffer',
      maxBuffer: 128 * 1024 * 1024,
    });
    return stdout;
  }

  async log(ref: string, path: string, count: number): Promise<readonly LoggedCommit[]> {
    const args = ['log', `--max-count=${count}`, '--format=%H%x00%B%x01', ref, '--', path];
    const text = await git(this.folder, args);
    return text
      .split('\x01')
      .map((part) => part.trim().split('\0'))
      .flatMap(([sha, message]) => (sha && message !== undefined ? [{ sha, message }] : []));
  }

  /** A commit on top of `parents`, the first one's tree with one file changed. */
  async commitFile(parent: string, path: string, content: Buffer, message: string): Promise<string> {
    const index = join(this.folder, `granary-index-${randomUUID()}`);
    const env = { ...AUTHOR, GIT_INDEX_FILE: index };
    try {
      const blob = await git(this.folder, ['hash-object', '-w', '--stdin'], { input: content });
      await git(this.folder, ['read-tree', parent], { env });
      await git(this.folder, ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env });
      const tree = await git(this.folder, ['write-tree'], { env });
      return await this.commitTree(tree, [parent], message);
    } finally {
      await rm(index, { force: true });
    }
  }

  /** A merge of two commits. @throws StaleError when they conflict */
  async merge(base: string, head: string, message: string): Promise<string> {
    const tree = await git(this.folder, ['merge-tree', '--write-tree', base, head]).catch((cause) => {
      throw new StaleError('the branches conflict', { cause });
    });
    return this.commitTree(tree.split('\n')[0] as string, [base, head], message);
  }

  /** Moves a branch from one commit to another. @throws StaleError when it is elsewhere by now */
  async move(branch: string, from: string | undefined, to: string): Promise<void> {
    const before = from ?? '0'.repeat(to.length);
    await git(this.folder, ['update-ref', `refs/heads/${branch}`, to, before]).catch((cause) => {
      throw new StaleError(`branch "${branch}" has moved`, { cause });
    });
  }

  async contains(ref: string, commit: string): Promise<boolean> {
    return git(this.folder, ['merge-base', '--is-ancestor', commit, ref]).then(
      () => true,
      (error) => {
        if (error instanceof GitError) return false;
        throw error;
      },
    );
  }

  private async commitTree(tree: string, parents: readonly string[], message: string): Promise<string> {
    const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', message];
    return git(this.folder, args, { env: AUTHOR });
  }
}
