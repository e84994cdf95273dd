import { simulateAll } from './simulate-all';

/** A wave machine that deploys nothing: it opens the wave, looks once, and ends. */
const TEMPLATES = [
  {
    Resources: {
      ...serviceFunction('release-wave'),
      ...serviceFunction('release-observer'),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'granary-release-wave',
          DefinitionString: JSON.stringify({
            StartAt: 'Open',
            States: {
              Open: { ...task('release-wave', 'open'), Next: 'Look' },
              Look: { ...task('release-observer', 'look'), End: true },
            },
          }),
        },
      },
    },
  },
  { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } }, Outputs: { CanaryFunctionArn: {} } },
];

function task(entry: string, action: string) {
  return {
    Type: 'Task',
    Resource: `<${entry}>`,
    Parameters: { 'runId.$': '$.runId', 'release.$': '$.release', 'wave.$': '$.wave', action },
    ResultPath: null,
  };
}

function serviceFunction(entry: string) {
  return {
    [entry]: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: `${entry}-function` } } },
    [`${entry}-function`]: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: { 'Fn::GetAtt': [`${entry}-role`, 'Arn'] } },
    },
    [`${entry}-role`]: { Type: 'AWS::IAM::Role', Properties: { Description: `Runs ${entry}` } },
  };
}

jest.setTimeout(120_000);

const context = () => ({
  templates: TEMPLATES,
  signal: new AbortController().signal,
  say: () => undefined,
});

test('releases are simulated by several processes, and come back in the order of the jobs', async () => {
  const done = await simulateAll([{ tenants: 3 }, { tenants: 1 }, { tenants: 2 }], {
    ...context(),
    processes: 2,
  });
  expect(done.map(({ rollout }) => rollout.tenants)).toEqual([3, 1, 2]);
});

test('a release that cannot be simulated ends the others and says which it was', () =>
  expect(
    simulateAll([{ tenants: 1 }, { tenants: 1, bad: { fromWave: 'never', errors: 1 } }, { tenants: 2 }], {
      ...context(),
      processes: 1,
    }),
  ).rejects.toThrow('100 % errors from "never" on, 1 tenants: the fleet has no wave "never"'));

test('an interruption ends it', async () => {
  const interruption = new AbortController();
  const running = simulateAll([{ tenants: 1 }, { tenants: 2 }], {
    ...context(),
    signal: interruption.signal,
    processes: 1,
    say: () => interruption.abort(new Error('interrupted by a person')),
  });
  await expect(running).rejects.toThrow('interrupted by a person');
});
