import { Argument, type Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import type { Registrar } from './registrar';

/** Releases on the local cloud: started, watched, let through. */
export interface ReleaseCommands {
  status(context: CommandContext): Promise<ExitCode>;
  push(context: CommandContext): Promise<ExitCode>;
  rehearse(context: CommandContext, faults: readonly string[]): Promise<ExitCode>;
  logs(context: CommandContext, run: string, action: string | undefined): Promise<ExitCode>;
  decide(
    context: CommandContext,
    decision: 'approve' | 'reject',
    action: string | undefined,
    comment: string | undefined,
  ): Promise<ExitCode>;
}

export function registerReleaseCommands(registrar: Registrar, commands: ReleaseCommands): void {
  registrar
    .add('status', 'Show the release under way, every deployment and every tenant.')
    .action((_: object, command: Command) => registrar.run(command, (context) => commands.status(context)));
  registrar
    .add('push', 'Push HEAD to the local cloud and follow its release.')
    .action((_: object, command: Command) => registrar.run(command, (context) => commands.push(context)));
  registrar
    .add('rehearse', 'Release faults on purpose on the local cloud, and tell what the gates did about each.')
    .argument('[fault...]', 'by name (default: all that leave the local cloud up)')
    .action((faults: string[], _: object, command: Command) =>
      registrar.run(command, (context) => commands.rehearse(context, faults)),
    );
  registrar
    .add('logs', "Show a release, or one of its actions' output.")
    .argument('[run]', "the start of a run's id or of a commit's; or last", 'last')
    .argument('[action]', 'Stage.Action, or the action alone')
    .action((run: string, action: string | undefined, _: object, command: Command) =>
      registrar.run(command, (context) => commands.logs(context, run, action)),
    );
  for (const decision of ['approve', 'reject'] as const)
    registrar
      .add(decision, `${decision === 'approve' ? 'Let a' : 'Do not let a'} release into a wave that waits.`)
      .addArgument(new Argument('[action]', 'Stage.Action; may be left out when only one waits'))
      .option('--comment <text>', 'why')
      .action((action: string | undefined, { comment }: { comment?: string }, command: Command) =>
        registrar.run(command, (context) => commands.decide(context, decision, action, comment)),
      );
}
