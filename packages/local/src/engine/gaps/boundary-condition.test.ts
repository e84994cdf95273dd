import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
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
