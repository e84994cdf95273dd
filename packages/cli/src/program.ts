import { join, resolve } from 'node:path';
import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander';
import { EXIT, type ExitCode } from './cli-error';
import type { AddTenantOptions } from './commands/add-tenant';
import type { CommandContext } from './commands/command-context';
import type { StartCommandOptions } from './commands/start';
import type { UpOptions } from './commands/up';
import type { Terminal } from './terminal';

/** The commands' implementations, so that a test can watch what is called with what. */
export interface Commands {
  start(context: CommandContext, options: StartCommandOptions): Promise<ExitCode>;
  up(context: CommandContext, options: UpOptions): Promise<ExitCode>;
  serve(context: CommandContext, options: UpOptions): Promise<ExitCode>;
  down(context: CommandContext): Promise<ExitCode>;
  status(context: CommandContext): Promise<ExitCode>;
  push(context: CommandContext): Promise<ExitCode>;
  logs(context: CommandContext, run: string, action: string | undefined): Promise<ExitCode>;
  plan(context: CommandContext): Promise<ExitCode>;
  decide(
    context: CommandContext,
    decision: 'approve' | 'reject',
    action: string | undefined,
    comment: string | undefined,
  ): Promise<ExitCode>;
  addTenant(context: CommandContext, id: string, options: AddTenantOptions): Promise<ExitCode>;
}

export interface ProgramOptions {
  readonly commands: Commands;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** The project's folder unless `--project` names one. */
  readonly projectFolder: string;
}

interface GlobalOptions {
  readonly project?: string;
  readonly state?: string;
  readonly json?: boolean;
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
  { commands, terminal, signal, projectFolder }: ProgramOptions,
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
  const contextOf = (command: Command): CommandContext => {
    const { project = projectFolder, state, json = false } = command.optsWithGlobals<GlobalOptions>();
    const folder = resolve(project);
    const stateFolder = state === undefined ? join(folder, '.granary') : resolve(state);
    return { project: { folder, stateFolder }, terminal, json, signal };
  };
  const add = (name: string, description: string, options?: { readonly hidden: boolean }): Command =>
    program
      .command(name, options)
      .description(description)
      .option('--json', 'print JSON')
      .option('--project <folder>', 'the project, a git repository with tenants.json (default: this clone)')
      .option('--state <folder>', 'where the local cloud keeps its state (default: .granary in the project)');
  const cloudOptions = (command: Command): Command =>
    command
      .option('--port <port>', 'the port on 127.0.0.1; 0 takes a free one', portNumber)
      .option('--fresh', 'forget all state first: accounts, stacks, tenants, releases');

  cloudOptions(add('start', 'Bring everything up, release HEAD, walk through it, stay up until Ctrl-C.'))
    .option('--once', 'stop everything after the walk')
    .action((given: StartCommandOptions, command: Command) =>
      settle(commands.start(contextOf(command), given)),
    );
  cloudOptions(add('up', 'Bring the local cloud up in the background.')).action(
    (given: UpOptions, command: Command) => settle(commands.up(contextOf(command), given)),
  );
  cloudOptions(add('serve', 'Bring the local cloud up in the foreground.', { hidden: true })).action(
    (given: UpOptions, command: Command) => settle(commands.serve(contextOf(command), given)),
  );
  add('down', 'Stop the local cloud; its state stays.')
    .alias('stop')
    .action((_: object, command: Command) => settle(commands.down(contextOf(command))));
  add('status', 'Show the release under way, every deployment and every tenant.').action(
    (_: object, command: Command) => settle(commands.status(contextOf(command))),
  );
  add('push', 'Push HEAD to the local cloud and follow its release.').action((_: object, command: Command) =>
    settle(commands.push(contextOf(command))),
  );
  add('logs', "Show a release, or one of its actions' output.")
    .argument('[run]', "the start of a run's id or of a commit's; or last", 'last')
    .argument('[action]', 'Stage.Action, or the action alone')
    .action((run: string, action: string | undefined, _: object, command: Command) =>
      settle(commands.logs(contextOf(command), run, action)),
    );
  add('plan', 'Show the waves that the manifest gives. Needs no cloud.').action(
    (_: object, command: Command) => settle(commands.plan(contextOf(command))),
  );
  for (const decision of ['approve', 'reject'] as const)
    add(decision, `${decision === 'approve' ? 'Let a' : 'Do not let a'} release into a wave that waits.`)
      .addArgument(new Argument('[action]', 'Stage.Action; may be left out when only one waits'))
      .option('--comment <text>', 'why')
      .action((action: string | undefined, { comment }: { comment?: string }, command: Command) =>
        settle(commands.decide(contextOf(command), decision, action, comment)),
      );
  defineTenants(program, (command, id, given) => settle(commands.addTenant(contextOf(command), id, given)));
  return program;
}

function defineTenants(
  program: Command,
  addTenant: (command: Command, id: string, given: AddTenantOptions) => Promise<void>,
): void {
  program
    .command('tenants')
    .description("The manifest's silo tenants.")
    .command('add')
    .description('Add a silo tenant to tenants.json; the next release deploys it.')
    .argument('<id>', 'lower-case letters, digits and hyphens')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--cell <cell>', 'where it runs: a cell of the manifest')
    .requiredOption('--email <email>', 'gets the first TenantAdmin user')
    .option('--tier <tier>', 'a silo tier of the manifest (default: the only one)')
    .option('--ring <ring>', 'pins it to the wave that names this ring')
    .option('--json', 'print JSON')
    .option('--project <folder>', 'the project, a git repository with tenants.json (default: this clone)')
    .action((id: string, given: AddTenantOptions, command: Command) => addTenant(command, id, given));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError(`must be a number from 0 to 65535, not "${text}"`);
}
