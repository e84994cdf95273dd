import type { Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { AddTenantOptions } from '../commands/add-tenant';
import type {
  MoveTenantOptions,
  PinTenantOptions,
  RemoveTenantOptions,
  UnpinTenantOptions,
} from '../commands/change-tenant';
import type { CommandContext } from '../commands/command-context';
import type { Registrar } from './registrar';

/** Changes of the manifest's silo tenants. */
export interface TenantsCommands {
  addTenant(context: CommandContext, id: string, options: AddTenantOptions): Promise<ExitCode>;
  moveTenant(context: CommandContext, id: string, options: MoveTenantOptions): Promise<ExitCode>;
  pinTenant(context: CommandContext, id: string, options: PinTenantOptions): Promise<ExitCode>;
  unpinTenant(context: CommandContext, id: string, options: UnpinTenantOptions): Promise<ExitCode>;
  offboardTenant(context: CommandContext, id: string): Promise<ExitCode>;
  removeTenant(context: CommandContext, id: string, options: RemoveTenantOptions): Promise<ExitCode>;
}

export function registerTenantsCommands(registrar: Registrar, commands: TenantsCommands): Command {
  const parent = registrar.group(
    'tenants',
    'Tenants: silo tenants in tenants.json, and what the control plane does to any ("Control plane: ...").',
  );
  registrar
    .add('add', 'Add a silo tenant to tenants.json; the next release deploys it.', { parent })
    .argument('<id>', 'lower-case letters, digits and hyphens')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--cell <cell>', 'where it runs: a cell of the manifest')
    .requiredOption('--email <email>', 'gets the first TenantAdmin user')
    .option('--tier <tier>', 'a silo tier of the manifest (default: the only one)')
    .option('--ring <ring>', 'pins it to the wave that names this ring')
    .option('--account <account>', "an account of its own (default: its cell's)")
    .option('--region <region>', "a region of its own (default: its cell's)")
    .action((id: string, given: AddTenantOptions, command: Command) =>
      registrar.run(command, (context) => commands.addTenant(context, id, given)),
    );
  registrar
    .add('move', 'Write another cell, account, region or tier. The control plane moves the data.', { parent })
    .argument('<id>')
    .option('--cell <cell>', "a cell of the manifest; the tenant's own account and region go")
    .option('--account <account>', 'an account of its own')
    .option('--region <region>', 'a region of its own')
    .option('--tier <tier>', 'a silo tier of the manifest')
    .action((id: string, given: MoveTenantOptions, command: Command) =>
      registrar.run(command, (context) => commands.moveTenant(context, id, given)),
    );
  registrar
    .add('pin', 'Hold a tenant to a ring, or at a version.', { parent })
    .argument('<id>')
    .option('--ring <ring>', 'it goes with the wave that names this ring')
    .option('--version <commit>', 'releases pass it by; it stays at this commit')
    .action((id: string, given: PinTenantOptions, command: Command) =>
      registrar.run(command, (context) => commands.pinTenant(context, id, given)),
    );
  registrar
    .add('unpin', 'Let go of a ring and a version, or of the one that is named.', { parent })
    .argument('<id>')
    .option('--ring', 'of the ring only')
    .option('--version', 'of the version only')
    .action((id: string, given: UnpinTenantOptions, command: Command) =>
      registrar.run(command, (context) => commands.unpinTenant(context, id, given)),
    );
  registrar
    .add('offboard', 'Write a tombstone: no more releases, and the stack goes once its data is purged.', {
      parent,
    })
    .argument('<id>')
    .action((id: string, _: object, command: Command) =>
      registrar.run(command, (context) => commands.offboardTenant(context, id)),
    );
  registrar
    .add('remove', 'Take a tenant with a tombstone out of tenants.json. Nothing is deleted by that.', {
      parent,
    })
    .argument('<id>')
    .option('--keep-stack', 'take out an active one: its stack stays, without an owner')
    .action((id: string, given: RemoveTenantOptions, command: Command) =>
      registrar.run(command, (context) => commands.removeTenant(context, id, given)),
    );
  return parent;
}
