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

/** What the control plane's commits to the manifest carry. */
const OPERATION = '^Granary-Operation: ';

/**
 * Pushes the project's HEAD to the release branch; a detached or shallow clone does as well as any. What the
 * control plane committed there is not pushed over: a HEAD that lies behind it changes nothing.
 *
 * @returns the branch's commit; the remote's hook queues it when it is new there
 * @throws GitError when HEAD and the control plane's commits have both gone on
 */
export async function pushHead(folder: string, remote: string, branch: string): Promise<string> {
  const { commit } = await projectHead(folder);
  const ahead = await committedByOperations(folder, remote, branch, commit);
  if (ahead === 'on-top') return git(remote, ['rev-parse', `refs/heads/${branch}`]);
  if (ahead === 'beside')
    throw new GitError(
      `the control plane has changed tenants.json on "${branch}" of "${remote}" meanwhile: run "git pull --rebase ${remote} ${branch}", then start or push again`,
    );
  // The local cloud's own push: it releases what it is told to, also after a rewritten history.
  await git(folder, ['push', '--quiet', '--force', remote, `HEAD:refs/heads/${branch}`], {
    env: { GRANARY_PUSH: 'quiet' },
  });
  return commit;
}

/** Whether the release branch holds commits of the control plane that HEAD does not, and whether HEAD is under them. */
async function committedByOperations(
  folder: string,
  remote: string,
  branch: string,
  head: string,
): Promise<'none' | 'on-top' | 'beside'> {
  const ref = `refs/heads/${branch}`;
  const search = ['log', ref, '--max-count=1', `--grep=${OPERATION}`, '--format=%H'];
  const newest = await git(remote, search).catch(() => '');
  if (newest === '' || (await isAncestor(folder, newest, head))) return 'none';
  return (await isAncestor(remote, head, ref)) ? 'on-top' : 'beside';
}

/** Also no when the repository does not have the commit. */
function isAncestor(folder: string, commit: string, of: string): Promise<boolean> {
  return git(folder, ['merge-base', '--is-ancestor', commit, of]).then(
    () => true,
    () => false,
  );
}
