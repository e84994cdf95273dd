import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from '../cli-error';
import type { CommandContext } from '../commands/command-context';
import type { StartCommandOptions } from '../commands/start';
import type { UpOptions } from '../commands/up';
import type { Registrar } from './registrar';

/** Bringing the local cloud up and down, and what only it has. */
export interface CloudCommands {
  start(context: CommandContext, options: StartCommandOptions): Promise<ExitCode>;
  up(context: CommandContext, options: UpOptions): Promise<ExitCode>;
  serve(context: CommandContext, options: UpOptions): Promise<ExitCode>;
  down(context: CommandContext): Promise<ExitCode>;
  mails(context: CommandContext, to: string | undefined): Promise<ExitCode>;
}

export function registerCloudCommands(registrar: Registrar, commands: CloudCommands): void {
  withCloudOptions(
    registrar.add('start', 'Bring everything up, release HEAD, walk through it, stay up until Ctrl-C.'),
  )
    .option('--once', 'release a fault on purpose after the walk, and stop everything')
    .action((given: StartCommandOptions, command: Command) =>
      registrar.run(command, (context) => commands.start(context, given)),
    );
  withCloudOptions(registrar.add('up', 'Bring the local cloud up in the background.')).action(
    (given: UpOptions, command: Command) => registrar.run(command, (context) => commands.up(context, given)),
  );
  withCloudOptions(
    registrar.add('serve', 'Bring the local cloud up in the foreground.', { hidden: true }),
  ).action((given: UpOptions, command: Command) =>
    registrar.run(command, (context) => commands.serve(context, given)),
  );
  registrar
    .add('down', 'Stop the local cloud; its state stays.')
    .alias('stop')
    .action((_: object, command: Command) => registrar.run(command, (context) => commands.down(context)));
  registrar
    .add('mails', 'Show what the platform has mailed on the local cloud: invitations, codes, welcomes.')
    .argument('[address]', 'only what went to it')
    .action((address: string | undefined, _: object, command: Command) =>
      registrar.run(command, (context) => commands.mails(context, address)),
    );
}

function withCloudOptions(command: Command): Command {
  return command
    .option('--port <port>', 'the port on 127.0.0.1; 0 takes a free one', portNumber)
    .option('--fresh', 'forget all state first: accounts, stacks, tenants, releases');
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError(`must be a number from 0 to 65535, not "${text}"`);
}
