import { GitError, git } from './git';

export interface ProjectHead {
  /** Full sha. */
  readonly commit: string;
  /** First line of the commit's message. */
  readonly subject: string;
  /** Files whose edits are not in the commit, at most 20; they are not released. */
  readonly uncommitted: readonly string[];
}

/**
 * What a push of the project would release.
 *
 * @throws GitError when the folder is no repository, or has no commit
 */
export async function projectHead(folder: string): Promise<ProjectHead> {
  await git(folder, ['rev-parse', '--git-dir']).catch((cause) => {
    throw new GitError(
      `"${folder}" is not a git repository: a release is a commit. Run "git init -b main && git add -A && git commit"`,
      { cause },
    );
  });
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch((cause) => {
    throw new GitError(`"${folder}" has no commit: a release is a commit. Run "git add -A && git commit"`, {
      cause,
    });
  });
  const [subject, status] = await Promise.all([
    git(folder, ['log', '-1', '--format=%s']),
    git(folder, ['status', '--porcelain', '--no-renames']),
  ]);
  const uncommitted = status
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(/^\s*\S+\s+/, ''));
  return { commit, subject, uncommitted: uncommitted.slice(0, 20) };
}

/**
 * Pushes the project's HEAD to the release branch; a detached or shallow clone does as well as any.
 *
 * @returns the pushed commit; the remote's hook queues it when it is new there
 */
export async function pushHead(folder: string, remote: string, branch: string): Promise<string> {
  const { commit } = await projectHead(folder);
  // The local cloud's own push: it releases what it is told to, also after a rewritten history.
  await git(folder, ['push', '--quiet', '--force', remote, `HEAD:refs/heads/${branch}`], {
    env: { GRANARY_PUSH: 'quiet' },
  });
  return commit;
}
