import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git command failed; the message holds the command and what git said. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

export interface GitOptions {
  /** @default none: git runs until it ends */
  readonly signal?: AbortSignal | undefined;
  /** More environment. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads. @default nothing */
  readonly input?: string | Buffer;
}

/** Variables that would make git act on another repository than `folder`: a hook sets them for its children. */
const REPOSITORY_VARIABLES =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|COMMON_DIR)$/;

/** The process's environment without what ties git to a repository. */
export function gitEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.test(name));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', ...more };
}

/** Runs git in `folder`. @returns what it printed, trimmed. @throws GitError */
export async function git(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  try {
    const running = run('git', [...args], {
      cwd: folder,
      env: gitEnvironment(options.env),
      maxBuffer: 64 * 1024 * 1024,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (options.input !== undefined) running.child.stdin?.end(options.input);
    return (await running).stdout.trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new GitError(`git is not installed, or the folder "${folder}" does not exist`, { cause });
    const said = String((cause as { stderr?: unknown }).stderr ?? '').trim();
    throw new GitError(`git ${args.join(' ')} in "${folder}": ${said || (cause as Error).message}`, {
      cause,
    });
  }
}
