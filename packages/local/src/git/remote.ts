import { access, chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GitError, git } from './git';

export const LOCAL_REMOTE = 'local';

export interface RemoteOptions {
  /** The bare repository's folder; made when it does not exist. */
  readonly folder: string;
  /** The branch that releases. */
  readonly branch: string;
  /** The file in which the running local cloud says where it listens. */
  readonly cloudFile: string;
}

/** Makes the bare remote with its post-receive hook, or brings an existing one up to date. */
export async function ensureRemote(options: RemoteOptions): Promise<void> {
  const { folder, branch, cloudFile } = options;
  const exists = await access(join(folder, 'HEAD')).then(
    () => true,
    () => false,
  );
  if (!exists) {
    await mkdir(folder, { recursive: true });
    await git(folder, ['init', '--quiet', '--bare', `--initial-branch=${branch}`]);
  }
  // A shallow clone, as CI makes it, pushes what it has.
  await git(folder, ['config', 'receive.shallowUpdate', 'true']);
  await git(folder, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  const hooks = join(folder, 'hooks');
  await mkdir(hooks, { recursive: true });
  const program = join(hooks, 'post-receive.mjs');
  await copyFile(join(__dirname, 'post-receive.mjs'), program);
  const command = [process.execPath, program, cloudFile, branch].map(quote).join(' ');
  const hook = join(hooks, 'post-receive');
  await writeFile(hook, `#!/bin/sh\nexec ${command}\n`);
  await chmod(hook, 0o755);
}

/** The commit at the head of `branch`, or undefined when nothing was pushed yet. */
export async function branchHead(remote: string, branch: string): Promise<string | undefined> {
  const head = await git(remote, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]).catch(
    () => '',
  );
  return head || undefined;
}

/** First line of a commit's message. */
export async function commitSubject(remote: string, commit: string): Promise<string> {
  return git(remote, ['log', '-1', '--format=%s', commit]);
}

/**
 * Gives the project's repository the git remote `local`.
 *
 * @throws GitError when a remote of that name points elsewhere: it is the user's own
 */
export async function addLocalRemote(projectFolder: string, remote: string): Promise<void> {
  const url = await git(projectFolder, ['remote', 'get-url', LOCAL_REMOTE]).catch(() => undefined);
  if (url === undefined) {
    await git(projectFolder, ['remote', 'add', LOCAL_REMOTE, remote]);
    return;
  }
  if (resolve(projectFolder, url) === resolve(remote)) return;
  throw new GitError(
    `git remote "${LOCAL_REMOTE}" of "${projectFolder}" points to "${url}", not to the local cloud ("${remote}"): ` +
      `rename yours with "git remote rename ${LOCAL_REMOTE} <name>" and start again`,
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
