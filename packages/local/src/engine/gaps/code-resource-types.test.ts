import {
  CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, lambdaRole, role } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
const config = () => running.engine.clientConfig('333333333333', 'eu-west-1');

beforeAll(async () => {
  running = await engineForTests();
});
afterAll(() => running.close());

test('CodeDeploy records stand behind an alias that is shifted by them, and go with their stack', async () => {
  const outputs = await deployStack(config(), 'canary', {
    Resources: {
      Role: lambdaRole,
      Function: inlineFunction('exports.handler = async () => 1;'),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
        UpdatePolicy: {
          CodeDeployLambdaAliasUpdate: {
            ApplicationName: { Ref: 'Application' },
            DeploymentGroupName: { Ref: 'Group' },
          },
        },
      },
      Application: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Lambda' } },
      Config: { Type: 'AWS::CodeDeploy::DeploymentConfig', Properties: { DeploymentConfigName: 'slow' } },
      DeployRole: role({ Service: 'codedeploy.amazonaws.com' }),
      Group: {
        Type: 'AWS::CodeDeploy::DeploymentGroup',
        Properties: {
          ApplicationName: { Ref: 'Application' },
          DeploymentGroupName: 'group',
          ServiceRoleArn: { 'Fn::GetAtt': ['DeployRole', 'Arn'] },
          DeploymentConfigName: { Ref: 'Config' },
        },
      },
    },
    Outputs: { Application: { Ref: 'Application' }, Group: { Ref: 'Group' }, Config: { Ref: 'Config' } },
  });
  expect(outputs).toEqual({ Application: expect.stringMatching(/^canary-/), Group: 'group', Config: 'slow' });
  const client = new CloudFormationClient(config());
  await client.send(new DeleteStackCommand({ StackName: 'canary' }));
  const gone = await waitUntilStackDeleteComplete(
    { client, maxWaitTime: 30, minDelay: 1 },
    { StackName: 'canary' },
  );
  expect(gone.state).toBe('SUCCESS');
});

test('a CodeStar connection has an ARN and a CodeCommit repository its attributes', async () => {
  const outputs = await deployStack(config(), 'source', {
    Resources: {
      Old: {
        Type: 'AWS::CodeStarConnections::Connection',
        Properties: { ConnectionName: 'a', ProviderType: 'GitHub' },
      },
      New: {
        Type: 'AWS::CodeConnections::Connection',
        Properties: { ConnectionName: 'b', ProviderType: 'GitHub' },
      },
      Repository: { Type: 'AWS::CodeCommit::Repository', Properties: { RepositoryName: 'granary' } },
    },
    Outputs: {
      Old: { 'Fn::GetAtt': ['Old', 'ConnectionArn'] },
      New: { Ref: 'New' },
      Arn: { 'Fn::GetAtt': ['Repository', 'Arn'] },
      Name: { 'Fn::GetAtt': ['Repository', 'Name'] },
    },
  });
  expect(outputs).toEqual({
    Old: expect.stringMatching(
      /^arn:aws:codestar-connections:eu-west-1:333333333333:connection\/[0-9a-f-]{36}$/,
    ),
    New: expect.stringMatching(/^arn:aws:codeconnections:eu-west-1:333333333333:connection\/[0-9a-f-]{36}$/),
    Arn: 'arn:aws:codecommit:eu-west-1:333333333333:granary',
    Name: 'granary',
  });
});
