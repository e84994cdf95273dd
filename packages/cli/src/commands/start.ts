import type { ExitCode } from '../cli-error';
import { jsonReporter } from '../start/json-reporter';
import { start as startAll } from '../start/start';
import { textReporter } from '../start/text-reporter';
import type { CommandContext } from './command-context';
import type { UpOptions } from './up';

export interface StartCommandOptions extends UpOptions {
  /** @default false */
  readonly once?: boolean;
}

/** The whole system on this machine, walked through; stays up until Ctrl-C. */
export async function start(context: CommandContext, options: StartCommandOptions): Promise<ExitCode> {
  const { project, terminal, json, signal } = context;
  const reporter = json ? jsonReporter(terminal) : textReporter(terminal);
  return startAll({ ...options, project, reporter, signal });
}
