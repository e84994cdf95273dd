import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode } from './cli-error';
import { type CloudCommands, registerCloudCommands } from './program/cloud-commands';
import { type ControlCommands, registerControlCommands } from './program/control-commands';
import { type PlanCommands, registerPlanCommands } from './program/plan-commands';
import { Registrar } from './program/registrar';
import { type ReleaseCommands, registerReleaseCommands } from './program/release-commands';
import { registerSimulateCommands, type SimulateCommands } from './program/simulate-commands';
import { registerTenantsCommands, type TenantsCommands } from './program/tenants-commands';
import type { Terminal } from './terminal';

/** The commands' implementations, so that a test can watch what is called with what. */
export interface Commands
  extends CloudCommands,
    ControlCommands,
    ReleaseCommands,
    PlanCommands,
    SimulateCommands,
    TenantsCommands {}

export interface ProgramOptions {
  readonly commands: Commands;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** The project's folder unless `--project` names one. */
  readonly projectFolder: string;
}

const EXIT_CODES = `
Exit codes: 0 it went as it must, 1 it did not, 2 the command was not understood.`;

/**
 * Parses the arguments and runs the command that they name. The command's own errors pass through.
 *
 * @param args without the program's name
 */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = define(options, async (run) => {
    code = await run;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help that was asked for is an answer; all else is a call that was not understood.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

function define(
  { commands, terminal, ...options }: ProgramOptions,
  settle: (run: Promise<ExitCode>) => Promise<void>,
): Command {
  const program = new Command('granary')
    .description('A multi-tenant serverless SaaS platform, released in canary waves; here, on this machine.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.line(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .showHelpAfterError('(--help tells how)');
  const registrar = new Registrar(program, { ...options, terminal, settle });
  registerCloudCommands(registrar, commands);
  registerReleaseCommands(registrar, commands);
  registerPlanCommands(registrar, commands);
  registerSimulateCommands(registrar, commands);
  registerControlCommands(registrar, commands, registerTenantsCommands(registrar, commands));
  return program;
}
