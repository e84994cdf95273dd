import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './git';

export interface CheckOutOptions {
  readonly remote: string;
  readonly workspace: string;
  /** Full sha, in the remote. */
  readonly commit: string;
  readonly signal?: AbortSignal;
}

export interface CheckedOut {
  /** First line of the commit's message. */
  readonly subject: string;
  /** ISO 8601. */
  readonly authoredAt: string;
  /** False when the workspace held the commit already and nothing was fetched. */
  readonly fresh: boolean;
}

/**
 * Brings the workspace to a commit and removes all else, except what the commit's .gitignore names: installed
 * packages and caches make the next build fast.
 */
export async function checkOut(options: CheckOutOptions): Promise<CheckedOut> {
  const { remote, workspace, commit, signal } = options;
  const own = { signal };
  await prepare(workspace, remote);
  const head = await git(workspace, ['rev-parse', '--verify', '--quiet', 'HEAD'], own).catch(() => '');
  const fresh = head !== commit;
  if (fresh) await git(workspace, ['fetch', '--quiet', '--no-tags', '--update-shallow', remote, commit], own);
  // Also when the commit is the same: a build may have edited tracked files.
  await git(workspace, ['checkout', '--quiet', '--force', '--detach', commit], own);
  await git(workspace, ['clean', '-fdq'], own);
  const [subject = '', authoredAt = ''] = (
    await git(workspace, ['log', '-1', '--format=%s%n%aI'], own)
  ).split('\n');
  return { subject, authoredAt, fresh };
}

async function prepare(workspace: string, remote: string): Promise<void> {
  const lock = join(workspace, '.git', 'index.lock');
  try {
    await access(join(workspace, '.git', 'HEAD'));
    // A killed run leaves it; no other process works here.
    await rm(lock, { force: true });
  } catch {
    await mkdir(workspace, { recursive: true });
    await git(workspace, ['init', '--quiet']);
    await git(workspace, ['config', 'gc.auto', '0']);
    await git(workspace, ['config', 'advice.detachedHead', 'false']);
  }
  await git(remote, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
}
