import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';

jest.setTimeout(120_000);

const account = '222222222222';
const region = 'us-east-1';
const target = `arn:aws:iam::${account}:role/target`;
let running: EngineUnderTest;

const trust = (statement: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...statement },
  });

beforeAll(async () => {
  running = await engineForTests();
  const iam = new IAMClient(running.engine.clientConfig(account, region));
  const admitted = `arn:aws:iam::${account}:role/platform/admitted`;
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'target',
      AssumeRolePolicyDocument: trust({
        Principal: { AWS: account },
        Condition: { ArnEquals: { 'aws:PrincipalArn': admitted } },
      }),
    }),
  );
  for (const RoleName of ['admitted', 'other']) {
    const AssumeRolePolicyDocument = trust({ Principal: { Service: 'lambda.amazonaws.com' } });
    await iam.send(new CreateRoleCommand({ RoleName, Path: '/platform/', AssumeRolePolicyDocument }));
    const PolicyDocument = trust({ Resource: target });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'assume', PolicyDocument }));
  }
});
afterAll(() => running.close());

const assumeTargetAs = async (role: string) => {
  const roleArn = `arn:aws:iam::${account}:role/platform/${role}`;
  const credentials = await running.engine.serviceSession('lambda.amazonaws.com', roleArn);
  const sts = new STSClient({ ...running.engine.clientConfig(account, region), credentials });
  return sts.send(new AssumeRoleCommand({ RoleArn: target, RoleSessionName: 'test' }));
};

test('a trust policy that names a role by aws:PrincipalArn admits a session of that role', async () => {
  const { AssumedRoleUser } = await assumeTargetAs('admitted');
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/target/test`);
});

test('a session of another role is turned away', async () => {
  await expect(assumeTargetAs('other')).rejects.toMatchObject({ name: 'AccessDenied' });
});
