/** Exit codes of the `granary` command. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Root of the command's errors: the message is for the person at the terminal. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly exitCode: ExitCode = EXIT.failure;
}

/** The command was called in a way that it does not understand. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
  override readonly exitCode = EXIT.usage;
}

/** A step of the walk did not go as it must. */
export class WalkError extends CliError {
  override readonly name = 'WalkError';
}
