import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
beforeAll(async () => {
  running = await engineForTests();
});
afterAll(() => running.close());

const account = '222222222222';
const region = 'us-east-1';
const config = () => running.engine.clientConfig(account, region);

const parameter = (Name: string, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value: 'x' },
  ...more,
});
const PARAMETERS = { Wanted: { Type: 'String', Default: 'no' } };
const CONDITIONS = { IsWanted: { 'Fn::Equals': [{ Ref: 'Wanted' }, 'yes'] } };
/** A stack with a parameter of Parameter Store that is always there, and one that a condition decides on. */
const conditional = (stack: string) => ({
  Parameters: PARAMETERS,
  Conditions: CONDITIONS,
  Resources: {
    Always: parameter(`/${stack}/always`),
    Maybe: parameter(`/${stack}/maybe`, { Condition: 'IsWanted' }),
  },
});
const unconditional = (stack: string) => ({
  Parameters: PARAMETERS,
  Resources: { Always: parameter(`/${stack}/always`), Maybe: parameter(`/${stack}/maybe`) },
});
const wanted = (ParameterValue: 'yes' | 'no') => [{ ParameterKey: 'Wanted', ParameterValue }];

/** Which of a stack's two parameters there are. */
async function there(stack: string): Promise<string[]> {
  const ssm = new SSMClient(config());
  const Names = ['always', 'maybe'].map((name) => `/${stack}/${name}`);
  const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names }));
  ssm.destroy();
  return Parameters.map(({ Name = '' }) => Name.slice(stack.length + 2)).sort();
}

type Template = { readonly Resources: object };

/** By CreateStack and UpdateStack. */
async function byUpdate(stack: string, template: Template, value: 'yes' | 'no'): Promise<void> {
  await deployStack(config(), stack, template, {
    TemplateBody: JSON.stringify(template),
    Parameters: wanted(value),
  });
}

/** By CreateStack, then by change sets, as the pipeline and the deployer update. */
async function byChangeSet(stack: string, template: Template, value: 'yes' | 'no'): Promise<void> {
  const client = new CloudFormationClient(config());
  const exists = await client.send(new DescribeStacksCommand({ StackName: stack })).then(
    () => true,
    () => false,
  );
  if (!exists) return byUpdate(stack, template, value);
  await client.send(new ExecuteChangeSetCommand(await changeSet(client, stack, template, value)));
  const waiting = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
  await waitUntilStackUpdateComplete(waiting, { StackName: stack });
  client.destroy();
}

let made = 0;
async function changeSet(
  client: CloudFormationClient,
  StackName: string,
  template: Template,
  value: 'yes' | 'no',
) {
  made += 1;
  const named = { StackName, ChangeSetName: `change-${made}` };
  await client.send(
    new CreateChangeSetCommand({
      ...named,
      TemplateBody: JSON.stringify(template),
      Parameters: wanted(value),
    }),
  );
  await waitUntilChangeSetCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, named);
  return named;
}

describe.each([
  ['an update', 'update', byUpdate],
  ['a change set', 'set', byChangeSet],
])('by %s', (_, name, deploy) => {
  test('a parameter that makes a condition true brings its resource, one that makes it false takes it away', async () => {
    const stack = `flip-${name}`;
    await deploy(stack, conditional(stack), 'no');
    expect(await there(stack)).toEqual(['always']);
    await deploy(stack, conditional(stack), 'yes');
    expect(await there(stack)).toEqual(['always', 'maybe']);
    await deploy(stack, conditional(stack), 'no');
    expect(await there(stack)).toEqual(['always']);
  });

  test('a condition that comes with an update decides on a resource that was there without one', async () => {
    const stack = `new-${name}`;
    await deploy(stack, unconditional(stack), 'no');
    expect(await there(stack)).toEqual(['always', 'maybe']);
    await deploy(stack, conditional(stack), 'no');
    expect(await there(stack)).toEqual(['always']);
    await deploy(stack, unconditional(stack), 'no');
    expect(await there(stack)).toEqual(['always', 'maybe']);
  });

  test('a condition that comes with an update lets its resource be, or not, from the start', async () => {
    const stack = `late-${name}`;
    const { Parameters, Resources } = conditional(stack);
    await deploy(stack, { Parameters, Resources: { Always: Resources.Always } } as Template, 'yes');
    await deploy(stack, conditional(stack), 'yes');
    expect(await there(stack)).toEqual(['always', 'maybe']);
  });
});

test('a change set names what a turned condition adds and removes', async () => {
  const stack = 'named';
  await byUpdate(stack, conditional(stack), 'no');
  const client = new CloudFormationClient(config());
  const actions = async (value: 'yes' | 'no') => {
    const named = await changeSet(client, stack, conditional(stack), value);
    const { Changes = [] } = await client.send(new DescribeChangeSetCommand(named));
    await client.send(new ExecuteChangeSetCommand(named));
    await waitUntilStackUpdateComplete(
      { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
      { StackName: stack },
    );
    return Changes.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId]);
  };
  expect(await actions('yes')).toEqual([['Add', 'Maybe']]);
  expect(await actions('no')).toEqual([['Remove', 'Maybe']]);
  client.destroy();
});

test.each([
  ['AWS::AccountId', account, '111111111111'],
  ['AWS::Region', region, 'eu-west-1'],
])('a condition compares %s', async (pseudo, here, elsewhere) => {
  const stack = `pseudo-${pseudo.slice('AWS::'.length).toLowerCase()}`;
  const only = (value: string) => ({
    ...conditional(stack),
    Conditions: { IsWanted: { 'Fn::Equals': [{ Ref: pseudo }, value] } },
  });
  await byUpdate(stack, only(elsewhere), 'no');
  expect(await there(stack)).toEqual(['always']);
  await byChangeSet(stack, only(here), 'no');
  expect(await there(stack)).toEqual(['always', 'maybe']);
});
