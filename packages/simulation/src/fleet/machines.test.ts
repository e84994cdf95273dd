import { releaseMakeOf, type Template } from './machines';

const RELEASE: Template = {
  Resources: {
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'granary-release-wave',
        DefinitionString: JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
      },
    },
  },
};

/** A deployment that serves so many tiers. */
function deployment(tiers: number): Template {
  const plans = Array.from({ length: tiers }, (_, tier) => [
    `Plan${tier}`,
    { Type: 'AWS::ApiGateway::UsagePlan' },
  ]);
  return {
    Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' }, ...Object.fromEntries(plans) },
    Outputs: { CanaryFunctionArn: {} },
  };
}

test('a tenant of the fleet has what a silo consists of, wherever the pools are among the templates', () => {
  const silo = { 'AWS::ApiGateway::RestApi': 1, 'AWS::ApiGateway::UsagePlan': 1 };
  expect(releaseMakeOf([deployment(3), RELEASE, deployment(1)]).resources).toEqual(silo);
  expect(releaseMakeOf([RELEASE, deployment(1), deployment(3)]).resources).toEqual(silo);
});

test('an assembly without a deployment, or without the wave machine, is refused', () => {
  expect(() => releaseMakeOf([RELEASE])).toThrow('no template is of a deployment');
  expect(() => releaseMakeOf([deployment(1)])).toThrow('no template has a state machine');
});
