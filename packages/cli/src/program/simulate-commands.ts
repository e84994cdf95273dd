import type { Change } from '@granary/simulation';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import type { SimulateOptions } from '../commands/simulate';
import type { Registrar } from './registrar';

/** What a release to a fleet of any size would be. */
export interface SimulateCommands {
  simulate(context: CommandContext, options: SimulateOptions): Promise<ExitCode>;
}

/** Typed, not imported: no other command need load the simulation. */
const CHANGES: readonly Change[] = ['code', 'api', 'roles', 'limits'];

export function registerSimulateCommands(registrar: Registrar, commands: SimulateCommands): void {
  registrar
    .add('simulate', 'Carry a release to a fleet of any size, in virtual time. Needs no cloud.')
    .option('--tenants <n>', 'silo tenants of the fleet (default: 1000)', number(1, 100_000))
    .option('--per-cell <n>', 'silo tenants of one account and region (default: 300)', number(1, 600))
    .option('--parallelism <n>', 'deployments at a time in a cell (default: 50)', number(1, 1000))
    .addOption(
      new Option('--change <kind>', 'what changes in each stack (default: code)').choices([...CHANGES]),
    )
    .option('--bad-from <wave>', 'a release whose fault shows from this wave on')
    .option('--errors <share>', 'share of requests that it fails (default: 0.05)', share)
    .option('--seed <n>', 'of chance; the same gives the same (default: 1)', number(0, 2 ** 31 - 1))
    .option('--assembly <cdk.out>', 'a cloud assembly with the machine (default: synthesized now)')
    .action((given: SimulateOptions, command: Command) =>
      registrar.run(command, (context) => commands.simulate(context, given)),
    );
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`write a whole number from ${least} to ${most}`);
  };
}

function share(text: string): number {
  const value = /^[01](\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('write a share above 0 and up to 1, such as 0.05');
}
