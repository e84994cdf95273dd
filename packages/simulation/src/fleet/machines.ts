import type { ResourceCounts } from '../cloud/stack-work';
import { type Definition, parseDefinition } from '../machine/definition';
import { SimulationError } from '../simulation-error';

/** A template, as far as a simulation reads it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>> | undefined;
  readonly Outputs?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>> | undefined;
}
type Resources = Readonly<Record<string, Resource>>;

/** The machine that takes a wave through, as it was synthesized. */
export interface WaveMachineDefinition {
  readonly definition: Definition;
  /** What a task calls: the entry of its function, such as `release-deployer`. */
  readonly functionOf: (resource: string) => string;
}

/** What a simulation needs of a cloud assembly. */
export interface ReleaseMake {
  readonly machine: WaveMachineDefinition;
  /** What a tenant's stack consists of. */
  readonly resources: ResourceCounts;
}

/**
 * Finds the wave machine and a tenant's stack among the templates of a cloud assembly.
 *
 * @throws SimulationError
 */
export function releaseMakeOf(templates: Iterable<Template>): ReleaseMake {
  const all = [...templates];
  const release = all.find((template) => machineIn(template) !== undefined);
  if (!release)
    throw new SimulationError(
      'no template has a state machine named "<application>-release-wave": name an assembly of the pipeline',
    );
  const deployments = all.filter(({ Outputs = {} }) => 'CanaryFunctionArn' in (Outputs as object));
  // A pool serves several tiers, each by a usage plan; a silo serves one.
  const [tenant] = deployments.map(countsOf).sort((one, other) => plansIn(one) - plansIn(other));
  if (!tenant)
    throw new SimulationError('no template is of a deployment: the manifest has neither pools nor silos');
  return { machine: waveMachineOf(release), resources: tenant };
}

function countsOf({ Resources = {} }: Template): ResourceCounts {
  const counts: Record<string, number> = {};
  for (const { Type } of Object.values(Resources)) counts[Type] = (counts[Type] ?? 0) + 1;
  return counts;
}

function plansIn(counts: ResourceCounts): number {
  return counts['AWS::ApiGateway::UsagePlan'] ?? 0;
}

/**
 * The wave machine in the template of the release engine's stack.
 *
 * @throws SimulationError
 */
export function waveMachineOf(template: Template): WaveMachineDefinition {
  const machine = machineIn(template);
  if (!machine)
    throw new SimulationError('the template has no state machine named "<application>-release-wave"');
  const definition = parseDefinition(textOf(machine.Properties?.DefinitionString));
  const known = new Map<string, string>();
  return {
    definition,
    functionOf: (resource) => {
      const entry = known.get(resource) ?? functionOf(resource, template.Resources ?? {});
      known.set(resource, entry);
      return entry;
    },
  };
}

function machineIn({ Resources = {} }: Template): Resource | undefined {
  return Object.values(Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::StepFunctions::StateMachine' &&
      String(Properties?.StateMachineName ?? '').endsWith('-release-wave'),
  );
}

/** An intrinsic function of CloudFormation as text: references become their logical ids in angle brackets. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const given = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (given['Fn::Join']) return given['Fn::Join'][1].map(textOf).join(given['Fn::Join'][0]);
  const name = given.Ref ?? given['Fn::GetAtt']?.[0];
  if (name !== undefined) return `<${name}>`;
  throw new SimulationError(`the machine's definition holds ${JSON.stringify(value)}, which is no text`);
}

/** `<alias>` -> the alias's version -> its function -> the entry that its role is described by. */
function functionOf(resource: string, resources: Resources): string {
  const alias = resources[/^<(.+)>$/.exec(resource)?.[1] ?? '']?.Properties;
  const name = (alias?.FunctionName as { Ref?: string } | undefined)?.Ref;
  const role = (resources[name ?? '']?.Properties?.Role as { 'Fn::GetAtt'?: string[] } | undefined)?.[
    'Fn::GetAtt'
  ]?.[0];
  const description = String(resources[role ?? '']?.Properties?.Description ?? '');
  const entry = /^Runs (\S+)$/.exec(description)?.[1];
  if (entry) return entry;
  throw new SimulationError(`task ${resource} is no alias of a function of the release engine`);
}
