import * as z from 'zod';
import { type Definition, parseDefinition } from '../machine/definition';
import { SimulationError } from '../simulation-error';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** The machine that takes a wave through, as it was synthesized. */
export interface WaveMachineDefinition {
  readonly definition: Definition;
  /** What a task calls: the entry of its function, such as `release-deployer`. */
  readonly functionOf: (resource: string) => string;
}

/**
 * Finds the wave machine in the template of the release engine's stack.
 *
 * @param template text of `<application>-release.template.json`
 * @throws SimulationError
 */
export function waveMachineOf(template: string): WaveMachineDefinition {
  const { Resources } = templateSchema.parse(JSON.parse(template));
  const machine = Object.values(Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::StepFunctions::StateMachine' &&
      String(Properties?.StateMachineName ?? '').endsWith('-release-wave'),
  );
  if (!machine)
    throw new SimulationError('the template has no state machine named "<application>-release-wave"');
  const definition = parseDefinition(textOf(machine.Properties?.DefinitionString));
  return { definition, functionOf: (resource) => functionOf(resource, Resources) };
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

type Resources = z.output<typeof templateSchema>['Resources'];

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
