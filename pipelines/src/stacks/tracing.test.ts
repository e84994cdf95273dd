import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type Resource, resources, samplePipeline } from '../testing/sample';

/** Every stack that a release deploys, its nested ones too. */
const TEMPLATES: readonly (readonly [name: string, template: Template])[] = (() => {
  const pipeline = samplePipeline();
  const stacks = pipeline.node.findAll().filter((each): each is Stack => Stack.isStack(each));
  return stacks
    .filter((each) => each !== pipeline)
    .map((each) => [each.node.path, Template.fromStack(each)] as const);
})();

/** Resources of one type that do not hold, by their stacks. */
function wanting(type: string, holds: (properties: Resource['Properties']) => boolean): readonly string[] {
  const found = TEMPLATES.flatMap(([name, template]) =>
    Object.entries(resources(template, type)).map(([id, { Properties }]) => ({
      place: `${name}: ${id}`,
      Properties,
    })),
  );
  expect(found).not.toEqual([]);
  return found.filter(({ Properties }) => !holds(Properties)).map(({ place }) => place);
}

test('every function is traced, and has a log of its own', () => {
  const kept = wanting(
    'AWS::Lambda::Function',
    ({ TracingConfig, LoggingConfig }) => TracingConfig?.Mode === 'Active' && LoggingConfig?.LogGroup,
  );
  expect(kept).toEqual([]);
});

test('every log is kept for a time, not for ever', () => {
  expect(wanting('AWS::Logs::LogGroup', ({ RetentionInDays }) => RetentionInDays > 0)).toEqual([]);
});

test('every API and every state machine is traced', () => {
  expect(wanting('AWS::ApiGateway::Stage', ({ TracingEnabled }) => TracingEnabled === true)).toEqual([]);
  const machines = 'AWS::StepFunctions::StateMachine';
  expect(wanting(machines, ({ TracingConfiguration }) => TracingConfiguration?.Enabled === true)).toEqual([]);
});
