/** A measurement could not be taken; the message is for the person at the terminal. */
export class BenchError extends Error {
  override readonly name: string = 'BenchError';
}

/** A command that a measurement ran failed or took too long. */
export class ChildFailedError extends BenchError {
  override readonly name = 'ChildFailedError';

  constructor(
    readonly command: string,
    /** What happened: `exit code 1`, `took longer than 600 s`. */
    readonly reason: string,
    /** Its last lines, oldest first. */
    readonly lastLines: readonly string[],
  ) {
    super([`"${command}": ${reason}`, ...lastLines.map((line) => `  | ${line}`)].join('\n'));
  }
}

/** A release that a measurement waited for did not succeed. */
export class ReleaseFailedError extends BenchError {
  override readonly name = 'ReleaseFailedError';

  constructor(
    readonly commit: string,
    reason: string,
    readonly details: readonly string[],
  ) {
    super(
      [`release of ${commit.slice(0, 8)}: ${reason}`, ...details.map((line) => `  | ${line}`)].join('\n'),
    );
  }
}
