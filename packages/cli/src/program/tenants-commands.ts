import type { Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { AddTenantOptions } from '../commands/add-tenant';
import type { CommandContext } from '../commands/command-context';
import type { Registrar } from './registrar';

/** Changes of the manifest's silo tenants. */
export interface TenantsCommands {
  addTenant(context: CommandContext, id: string, options: AddTenantOptions): Promise<ExitCode>;
}

export function registerTenantsCommands(registrar: Registrar, commands: TenantsCommands): void {
  const parent = registrar.group('tenants', "The manifest's silo tenants.");
  registrar
    .add('add', 'Add a silo tenant to tenants.json; the next release deploys it.', { parent })
    .argument('<id>', 'lower-case letters, digits and hyphens')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--cell <cell>', 'where it runs: a cell of the manifest')
    .requiredOption('--email <email>', 'gets the first TenantAdmin user')
    .option('--tier <tier>', 'a silo tier of the manifest (default: the only one)')
    .option('--ring <ring>', 'pins it to the wave that names this ring')
    .action((id: string, given: AddTenantOptions, command: Command) =>
      registrar.run(command, (context) => commands.addTenant(context, id, given)),
    );
}
