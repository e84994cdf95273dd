import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../cli-error';
import { ProjectForTests } from './project-for-tests';
import { simulate } from './simulate';

let project: ProjectForTests;

beforeEach(async () => {
  project = await ProjectForTests.make();
});
afterEach(() => project.remove());

/** A wave machine that deploys nothing: it opens the wave and looks once. */
const MACHINE = {
  StartAt: 'Open',
  States: {
    Open: task('release-wave', { action: 'open' }, 'Look'),
    Look: task('release-observer', { action: 'look' }, 'Verdict?'),
    'Verdict?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.verdict.kind', StringEquals: 'halt', Next: 'Halt' }],
      Default: 'Passed',
    },
    Halt: {
      ...task('release-wave', { action: 'halt', 'cause.$': '$.answer.verdict' }, 'Halted'),
      ResultPath: null,
    },
    Halted: { Type: 'Fail', Error: 'ReleaseHalted' },
    Passed: { Type: 'Succeed' },
  },
};

function task(entry: string, payload: object, Next: string) {
  return {
    Type: 'Task',
    Resource: `<${entry}>`,
    Parameters: { 'runId.$': '$.runId', 'release.$': '$.release', 'wave.$': '$.wave', ...payload },
    ResultPath: '$.answer',
    Next,
  };
}

/** A function behind its alias, with the role that is described by its entry. */
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

async function writeAssembly(): Promise<void> {
  const assembly = join(project.folder, 'cdk.out');
  await mkdir(assembly);
  const stack = (name: string) => ({
    type: 'aws:cloudformation:stack',
    properties: { templateFile: `${name}.json`, stackName: name },
  });
  const files: Record<string, object> = {
    'manifest.json': { artifacts: { release: stack('release'), acme: stack('acme') } },
    'release.json': {
      Resources: {
        ...serviceFunction('release-wave'),
        ...serviceFunction('release-observer'),
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            StateMachineName: 'granary-release-wave',
            DefinitionString: JSON.stringify(MACHINE),
          },
        },
      },
    },
    'acme.json': {
      Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } },
      Outputs: { CanaryFunctionArn: {} },
    },
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(assembly, name), JSON.stringify(content));
}

test('a release is simulated by the machine of the assembly that is named', async () => {
  await writeAssembly();
  await expect(simulate(project.context(true), { tenants: 10, assembly: 'cdk.out' })).resolves.toBe(EXIT.ok);
  const rollout = JSON.parse(project.takeLines().join('\n'));
  // This machine deploys nothing, and the real gate notices.
  expect(rollout).toMatchObject({
    tenants: 10,
    cells: 1,
    halt: { gate: 'deployment', reached: 0 },
    final: { updated: 0, unchanged: 10, astray: 0 },
  });
});

test('it is told by wave, by API and by cost, with what halted it', async () => {
  await writeAssembly();
  await simulate(project.context(), { tenants: 1000, perCell: 100, assembly: 'cdk.out' });
  const text = project.takeLines().join('\n');
  expect(text).toContain('1,000 silo tenants in 10 cells');
  expect(text).toMatch(/canary +10 .*halted/);
  expect(text).toMatch(/states:StateTransition +5/);
  expect(text).toContain('wave "canary" halted at gate "deployment"');
});

test('a share of errors without the wave that they begin in is not understood', async () => {
  await expect(simulate(project.context(), { errors: 0.5 })).rejects.toThrow('--errors needs --bad-from');
});

test('a folder without a project cannot be synthesized, and says so', async () => {
  await expect(simulate(project.context(), {})).rejects.toThrow(/cannot be synthesized.*cdk\.json/);
});
