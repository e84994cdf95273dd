import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';

jest.setTimeout(120_000);

let running: EngineUnderTest;
const account = '111111111111';
const arnOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;

beforeAll(async () => {
  running = await engineForTests();
  const iam = new IAMClient(running.engine.clientConfig(account, 'us-east-1'));
  const allow = {
    Effect: 'Allow',
    Principal: { Service: 'codebuild.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const trusts = {
    build: [allow],
    'other-account': [{ ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }],
    refused: [allow, { ...allow, Effect: 'Deny' }],
  };
  for (const [RoleName, Statement] of Object.entries(trusts)) {
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  }
});
afterAll(() => running.close());

test('a service gets a session of a role that trusts it', async () => {
  const credentials = await running.engine.serviceSession('codebuild.amazonaws.com', arnOf('build'), 'synth');
  const client = new STSClient({ ...running.engine.clientConfig(account, 'us-east-1'), credentials });
  const identity = await client.send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe(`arn:aws:sts::${account}:assumed-role/build/synth`);
});

test.each([
  ['a role that trusts another service', 'codepipeline.amazonaws.com', 'build'],
  ['a role that is not there', 'codebuild.amazonaws.com', 'none'],
  ['a role whose condition is not met', 'codebuild.amazonaws.com', 'other-account'],
  ['a role that also denies it', 'codebuild.amazonaws.com', 'refused'],
])('a service gets no session of %s', async (_what, service, role) => {
  await expect(running.engine.serviceSession(service, arnOf(role))).rejects.toMatchObject({ status: 403 });
});

test('nobody without the admin token gets a session', async () => {
  const answer = await fetch(`${running.engine.endpoint}/_granary/service-session`, {
    method: 'POST',
    headers: { 'x-granary-admin-token': 'guess' },
    body: JSON.stringify({ service: 'codebuild.amazonaws.com', roleArn: arnOf('build'), sessionName: 'x' }),
  });
  expect(answer.status).toBe(403);
});
