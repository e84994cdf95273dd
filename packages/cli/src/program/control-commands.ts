import type { Command } from 'commander';
import type { ExitCode } from '../cli-error';
import type { AskControlOptions } from '../commands/ask-control';
import type { CommandContext } from '../commands/command-context';
import type { ControlCommand, Given } from '../control/control-command';
import { CONTROL_COMMANDS } from '../control/control-commands';
import { METERING_COMMANDS } from '../control/metering-commands';
import { PEOPLE_COMMANDS } from '../control/people-commands';
import { RELEASE_COMMANDS } from '../control/release-commands';
import type { Registrar } from './registrar';

/** What operators ask of the control plane. */
export interface ControlCommands {
  askControl(
    context: CommandContext,
    command: ControlCommand,
    given: Given,
    options: AskControlOptions,
  ): Promise<ExitCode>;
}

const GROUPS: Readonly<Record<string, string>> = {
  registrations: "Buyers' requests for tenants, at the control plane.",
  operations: 'What is done to tenants, at the control plane.',
  users: 'Users of any tenant, at the control plane.',
  operators: 'Who runs the platform.',
  support: "Operators' accesses to tenants, for a reason and a time.",
  audit: 'Who did what, at the control plane.',
  events: 'What could not be carried between the planes.',
  meters: 'What is metered.',
  quota: "Limits of a tenant's own.",
  billing: 'Months and their invoices.',
  deployments: 'Pools and silos, as the control plane knows them.',
  approvals: 'Waves that wait for somebody.',
  releases: 'Releases and rollbacks on their way through the waves.',
  orphans: 'Stacks that nobody owns.',
  overrides: 'Emergencies, in which releases pass freezes, windows and red alarms.',
};

/** @param tenants the group of what is done to tenants, which the manifest's commands are in as well */
export function registerControlCommands(
  registrar: Registrar,
  commands: ControlCommands,
  tenants: Command,
): void {
  const groups = new Map<string, Command>([['tenants', tenants]]);
  for (const control of [
    ...CONTROL_COMMANDS,
    ...PEOPLE_COMMANDS,
    ...METERING_COMMANDS,
    ...RELEASE_COMMANDS,
  ]) {
    const [group = '', verb] = control.name.split(' ');
    if (verb !== undefined && !groups.has(group))
      groups.set(group, registrar.group(group, GROUPS[group] ?? ''));
    const parent = verb === undefined ? undefined : groups.get(group);
    const command = registrar.add(verb ?? group, control.description, parent ? { parent } : {});
    const { args = [], options = {}, required = [] } = control;
    for (const arg of args) command.argument(arg);
    for (const [flag, meaning] of Object.entries(options))
      if (required.includes(flag)) command.requiredOption(flag, meaning);
      else command.option(flag, meaning);
    if (control.follows) command.option('--follow', 'wait for its end; fails when it does not succeed');
    command.action((...all: unknown[]) => {
      const { follow = false, json: _, project: __, state: ___, ...named } = command.opts();
      const values = args.map((arg, index) => [arg.slice(1, -1), all[index]] as const);
      const given = { ...named, ...Object.fromEntries(values) } as Given;
      return registrar.run(command, (context) => commands.askControl(context, control, given, { follow }));
    });
  }
}
