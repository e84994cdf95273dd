import type { Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import type { PlanOptions } from '../commands/plan';
import { raisedQuota } from '../plan/raised-quota';
import type { Registrar } from './registrar';

/** What a push would do. */
export interface PlanCommands {
  plan(context: CommandContext, options: PlanOptions): Promise<ExitCode>;
}

export function registerPlanCommands(registrar: Registrar, commands: PlanCommands): void {
  registrar
    .add('plan', 'Show what a push would do. Needs no cloud; fails when something would be refused.')
    .option('--from <commit|file>', 'what to compare with (default: what was released last, else HEAD)')
    .option('--markdown', 'print a comment for a pull request')
    .option('--templates <cdk.out>', 'the assembly that was released last: replaced resources are found')
    .option('--assembly <cdk.out>', 'the assembly that a push would release (default: pipelines/cdk.out)')
    .option('--quota <quota=limit>', 'a quota that AWS has raised; may be given again', raisedQuota)
    .action((given: PlanOptions, command: Command) =>
      registrar.run(command, (context) => commands.plan(context, given)),
    );
}
