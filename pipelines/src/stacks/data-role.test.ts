import { deployment } from '../testing/deployment';
import { statementsOf } from '../testing/policy';
import { controlPlaneTemplate, resources } from '../testing/sample';

const TENANT = '$' + '{aws:PrincipalTag/TenantId}';
const POOL = () => deployment('pool-us');
const written = (value: unknown) => JSON.stringify(value);

test('the data role trusts the data function alone, for a session that names one tenant', () => {
  const [role, ...others] = Object.values(resources(POOL(), 'AWS::IAM::Role')).filter(
    ({ Properties }) => Properties.RoleName === 'granary-pool-us-data',
  );
  expect(others).toEqual([]);
  const { Statement } = role?.Properties.AssumeRolePolicyDocument ?? {};
  for (const { Condition } of Statement)
    expect(Condition).toMatchObject({
      StringLike: { 'aws:RequestTag/TenantId': '?*' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['TenantId'] },
    });
  expect(written(Statement)).toContain(':role/granary-control-plane-tenant-data');
});

test('the data role reaches the rows of its session’s tenant, and the policies of the tenants’ role under its boundary', () => {
  const [rows, policies, ...others] = statementsOf(POOL(), 'Data');
  expect(others).toEqual([]);
  expect(rows?.actions).toEqual(['dynamodb:BatchWriteItem', 'dynamodb:Query']);
  expect(rows?.conditions).toEqual({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`TENANT#${TENANT}#*`] },
    Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
  });
  expect(policies?.actions).toEqual(['iam:DeleteRolePolicy', 'iam:PutRolePolicy']);
  expect(written(policies?.resources)).toMatch(/^\[\{"Fn::GetAtt":\["TenantRole/);
  expect(written(policies?.conditions)).toContain('TenantRoleBoundary');
  expect(written([rows?.resources, policies?.resources])).not.toContain('*');
});

test('the tenants’ role can have no more than its boundary, which says what its own policy does', () => {
  const [boundary] = Object.values(resources(POOL(), 'AWS::IAM::ManagedPolicy'));
  const role = Object.entries(resources(POOL(), 'AWS::IAM::Role')).find(([id]) =>
    id.startsWith('TenantRole'),
  );
  expect(written(role?.[1].Properties.PermissionsBoundary)).toContain('TenantRoleBoundary');
  const own = Object.entries(resources(POOL(), 'AWS::IAM::Policy')).find(([id]) =>
    id.startsWith('TenantRole'),
  );
  expect(boundary?.Properties.PolicyDocument).toEqual(own?.[1].Properties.PolicyDocument);
});

test('the data function may write archives and receipts and delete none, and sign with a key that stays', () => {
  const template = controlPlaneTemplate();
  const statements = statementsOf(template, 'FunctionsTenantData');
  const actions = statements.flatMap((statement) => statement.actions);
  expect(actions.filter((action) => action.startsWith('s3:')).sort()).toEqual([
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ]);
  expect(actions.filter((action) => action.startsWith('kms:'))).toEqual(['kms:Sign', 'kms:Verify']);
  const keys = Object.entries(resources(template, 'AWS::KMS::Key')).filter(([id]) =>
    id.startsWith('FunctionsTenantData'),
  );
  expect(keys.map(([, key]) => [key.Properties.KeySpec, key.DeletionPolicy])).toEqual([
    ['ECC_NIST_P256', 'Retain'],
  ]);
});
