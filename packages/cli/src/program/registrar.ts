import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import type { Terminal } from '../terminal';

export interface RegistrarOptions {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** The project's folder unless `--project` names one. */
  readonly projectFolder: string;
  /** Called with each command that runs: its exit code is the program's. */
  readonly settle: (run: Promise<ExitCode>) => Promise<void>;
}

export interface AddOptions {
  /** Whether `--help` passes the command by. @default false */
  readonly hidden?: boolean;
  /** The command that it is a part of, such as `tenants`. @default the program */
  readonly parent?: Command;
}

interface GlobalOptions {
  readonly project?: string;
  readonly state?: string;
  readonly json?: boolean;
}

/** Adds commands to the program, each with the options that all have. */
export class Registrar {
  constructor(
    private readonly program: Command,
    private readonly options: RegistrarOptions,
  ) {}

  /** A command that other commands are parts of. */
  group(name: string, description: string): Command {
    return this.program.command(name).description(description);
  }

  add(
    name: string,
    description: string,
    { hidden = false, parent = this.program }: AddOptions = {},
  ): Command {
    return parent
      .command(name, { hidden })
      .description(description)
      .option('--json', 'print JSON')
      .option('--project <folder>', 'the project, a git repository with tenants.json (default: this clone)')
      .option('--state <folder>', 'where the local cloud keeps its state (default: .granary in the project)');
  }

  /** Runs a command's implementation, with what every command is given, as the program's outcome. */
  run(command: Command, implementation: (context: CommandContext) => Promise<ExitCode>): Promise<void> {
    return this.options.settle(implementation(this.contextOf(command)));
  }

  private contextOf(command: Command): CommandContext {
    const { projectFolder, terminal, signal } = this.options;
    const { project = projectFolder, state, json = false } = command.optsWithGlobals<GlobalOptions>();
    const folder = resolve(project);
    const stateFolder = state === undefined ? join(folder, '.granary') : resolve(state);
    return { project: { folder, stateFolder }, terminal, json, signal };
  }
}
