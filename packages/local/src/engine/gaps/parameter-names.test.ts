import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';

jest.setTimeout(120_000);

const TEMPLATE = JSON.stringify({
  Parameters: {
    Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/bootstrap/version' },
    Plain: { Type: 'String', Default: 'as it is' },
  },
  Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
});

let running: EngineUnderTest;
beforeAll(async () => {
  running = await engineForTests();
});
afterAll(() => running.close());

test('a stack tells a parameter of Parameter Store by its name, with the value that it had', async () => {
  const config = running.engine.clientConfig('222222222222', 'us-east-1');
  await new SSMClient(config).send(
    new PutParameterCommand({ Name: '/bootstrap/version', Type: 'String', Value: '33' }),
  );
  const client = new CloudFormationClient(config);
  const StackName = 'by-name';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const parameters = new Map(Stacks?.[0]?.Parameters?.map((each) => [each.ParameterKey, each]));
  expect(parameters.get('Version')).toMatchObject({
    ParameterValue: '/bootstrap/version',
    ResolvedValue: '33',
  });
  expect(parameters.get('Plain')).toEqual({ ParameterKey: 'Plain', ParameterValue: 'as it is' });
});
