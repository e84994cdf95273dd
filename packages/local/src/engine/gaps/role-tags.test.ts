import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';

jest.setTimeout(120_000);

const account = '222222222222';
const region = 'us-east-1';
let running: EngineUnderTest;

const policy = (statement: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...statement },
  });

beforeAll(async () => {
  running = await engineForTests();
  const iam = new IAMClient(running.engine.clientConfig(account, region));
  for (const kind of ['deploy', 'lookup'])
    await iam.send(
      new CreateRoleCommand({
        RoleName: kind,
        AssumeRolePolicyDocument: policy({ Principal: { AWS: account } }),
        Tags: [{ Key: 'aws-cdk:bootstrap-role', Value: kind }],
      }),
    );
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'build',
      AssumeRolePolicyDocument: policy({ Principal: { Service: 'codebuild.amazonaws.com' } }),
    }),
  );
  // As CDK Pipelines writes it for the self-mutation's role.
  const Condition = { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } };
  const PolicyDocument = policy({ Resource: `arn:*:iam::${account}:role/*`, Condition });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'build', PolicyName: 'assume', PolicyDocument }));
});
afterAll(() => running.close());

const assume = async (role: string) => {
  const build = `arn:aws:iam::${account}:role/build`;
  const credentials = await running.engine.serviceSession('codebuild.amazonaws.com', build);
  const sts = new STSClient({ ...running.engine.clientConfig(account, region), credentials });
  const RoleArn = `arn:aws:iam::${account}:role/${role}`;
  return sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
};

test('a policy that names roles by their tag lets them be assumed', async () => {
  expect((await assume('deploy')).AssumedRoleUser?.Arn).toContain(':assumed-role/deploy/');
});

test('a role with another value of the tag is turned away', async () => {
  await expect(assume('lookup')).rejects.toMatchObject({ name: 'AccessDenied' });
});
