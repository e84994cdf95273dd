import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CliError } from '../cli-error';

const run = promisify(execFile);

async function git(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { stdout } = await run('git', [...args], {
      cwd: folder,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', ...environment },
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout;
  } catch (cause) {
    const said = String((cause as { stderr?: unknown }).stderr ?? '').trim();
    throw new CliError(`git ${args[0]} in "${folder}": ${said || (cause as Error).message}`, { cause });
  }
}

/**
 * Pushes the folder's HEAD to a branch of the local cloud's remote, which queues its release. History may have been
 * rewritten: the remote is the local cloud's own.
 */
export async function pushHead(folder: string, remote: string, branch: string): Promise<void> {
  // Quiet: the release is followed by whoever pushes, not in the hook's output.
  await git(folder, ['push', '--quiet', '--force', remote, `HEAD:refs/heads/${branch}`], {
    GRANARY_PUSH: 'quiet',
  });
}

/** A file as a commit has it. */
export function fileAt(folder: string, commit: string, path: string): Promise<string> {
  return git(folder, ['show', `${commit}:${path}`]);
}
