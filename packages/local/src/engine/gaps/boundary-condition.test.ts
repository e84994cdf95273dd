import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';
import { TenantTable } from './tenant-table';

jest.setTimeout(120_000);

let running: EngineUnderTest;
beforeAll(async () => {
  running = await engineForTests();
});
afterAll(() => running.close());

test('who may give policies to roles under one boundary is refused at a role under another, or under none', async () => {
  const table = new TenantTable(running.engine);
  const root = new IAMClient(table.root);
  const policy = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
  const reads = policy({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' });
  const boundaries = await Promise.all(
    ['one', 'other'].map(async (PolicyName) => {
      const { Policy } = await root.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: reads }));
      return Policy?.Arn as string;
    }),
  );
  const trust = policy({
    Effect: 'Allow',
    Principal: { AWS: TenantTable.account },
    Action: 'sts:AssumeRole',
  });
  for (const [RoleName, PermissionsBoundary] of [
    ['bound', boundaries[0]],
    ['otherwise', boundaries[1]],
    ['free'],
  ])
    await root.send(
      new CreateRoleCommand({
        RoleName: RoleName as string,
        AssumeRolePolicyDocument: trust,
        ...(PermissionsBoundary ? { PermissionsBoundary } : {}),
      }),
    );
  const editor = await table.role('editor', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iam:PutRolePolicy',
        Resource: `arn:aws:iam::${TenantTable.account}:role/*`,
        Condition: { ArnEquals: { 'iam:PermissionsBoundary': boundaries[0] } },
      },
    ],
  });
  const iam = new IAMClient({ ...table.root, credentials: await table.session(editor, {}) });
  const give = (RoleName: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument: reads }));
  await give('bound');
  for (const roleName of ['otherwise', 'free'])
    await expect(give(roleName)).rejects.toMatchObject({ name: 'AccessDenied' });
  for (const client of [root, iam]) client.destroy();
});

test('a role of a stack has the boundary that its template gives it, and the next template\u2019s', async () => {
  const config = running.engine.clientConfig('222222222222', 'us-east-1');
  const document = (Statement: object) => ({ Version: '2012-10-17', Statement });
  const reads = document({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' });
  const trust = { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sts:AssumeRole' };
  const boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: reads } };
  const deploy = (rest: object) =>
    deployStack(config, 'bound', {
      Resources: {
        One: boundary,
        Other: boundary,
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'of-a-stack', AssumeRolePolicyDocument: document(trust), ...rest },
        },
      },
      Outputs: { One: { Ref: 'One' }, Other: { Ref: 'Other' } },
    });
  const iam = new IAMClient(config);
  const bound = async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'of-a-stack' }));
    return Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  };
  const { One, Other } = await deploy({ PermissionsBoundary: { Ref: 'One' } });
  expect(await bound()).toBe(One);
  await deploy({ PermissionsBoundary: { Ref: 'Other' } });
  expect(await bound()).toBe(Other);
  await deploy({});
  expect(await bound()).toBeUndefined();
  iam.destroy();
});
