import type { Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import type { Registrar } from './registrar';

/** What a push would do. */
export interface PlanCommands {
  plan(context: CommandContext): Promise<ExitCode>;
}

export function registerPlanCommands(registrar: Registrar, commands: PlanCommands): void {
  registrar
    .add('plan', 'Show the waves that the manifest gives. Needs no cloud.')
    .action((_: object, command: Command) => registrar.run(command, (context) => commands.plan(context)));
}
