import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitError, git } from './git';

export interface UnnamedCommit {
  /** Full sha of the commit that it follows, in the repository. */
  readonly parent: string;
  readonly subject: string;
  /** Path of the one file that it changes. */
  readonly file: string;
  /** The file's new text. */
  readonly change: (text: string) => string;
}

/**
 * Makes a commit that no branch names, without a working tree: nobody's history shows it, and nobody's push meets it.
 *
 * @param repository folder of a bare repository
 * @returns the commit's full sha
 * @throws GitError when the parent lacks the file, or the change leaves the file as it is
 */
export async function commitUnnamed(repository: string, commit: UnnamedCommit): Promise<string> {
  const { parent, subject, file, change } = commit;
  const [mode = ''] = (await git(repository, ['ls-tree', parent, '--', file])).split(' ');
  if (!mode) throw new GitError(`commit "${parent}" has no file "${file}"`);
  const text = await git(repository, ['cat-file', 'blob', `${parent}:${file}`]);
  const changed = change(text);
  if (changed === text)
    throw new GitError(`"${file}" of commit "${parent}" is left as it is: it lacks what was to be changed`);
  const blob = await git(repository, ['hash-object', '-w', '--stdin'], { input: `${changed}\n` });
  const index = join(tmpdir(), `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index, ...IDENTITY };
  try {
    await git(repository, ['read-tree', parent], { env });
    await git(repository, ['update-index', '--cacheinfo', `${mode},${blob},${file}`], { env });
    const tree = await git(repository, ['write-tree'], { env });
    return await git(repository, ['commit-tree', tree, '-p', parent, '-m', subject], { env });
  } finally {
    await rm(index, { force: true });
  }
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Granary',
  GIT_AUTHOR_EMAIL: 'rehearsal@granary.example.com',
  GIT_COMMITTER_NAME: 'Granary',
  GIT_COMMITTER_EMAIL: 'rehearsal@granary.example.com',
};
