import type { Project } from '../host/project';
import type { Terminal } from '../terminal';

/** What every command is given. */
export interface CommandContext {
  readonly project: Project;
  readonly terminal: Terminal;
  /** Machine-readable output on standard output, one JSON document or one per line. */
  readonly json: boolean;
  /** Aborts when the person wants to end the command. */
  readonly signal: AbortSignal;
}

/** Prints an answer in the form that was asked for. */
export function answer(
  { terminal, json }: CommandContext,
  value: unknown,
  lines: () => readonly string[],
): void {
  if (json) terminal.line(JSON.stringify(value));
  else for (const line of lines()) terminal.line(line);
}
