import { tenantObjectActions } from '@granary/auth';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { findings } from '../testing/nag';
import { statementsOf } from '../testing/policy';
import { TenantRole } from './tenant-role';
import { durableTable } from './tenant-tables';

/** A stack with a tenant role over one table, and what a test grants besides. */
function granted(grant: (role: TenantRole, stack: Stack) => void, by: 'authorizer' | 'token' = 'authorizer') {
  const stack = new Stack(new App(), 'Test');
  const authorizer = new Role(stack, 'Authorizer', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const role = new TenantRole(stack, 'TenantRole', {
    trust:
      by === 'authorizer'
        ? { by, role: authorizer }
        : {
            by,
            providerArn: 'arn:aws:iam::1:oidc-provider/login.example',
            host: 'login.example',
            audience: 'spa',
          },
    tables: [durableTable(stack, 'Products', 'pk', 'sk')],
  });
  grant(role, stack);
  return statementsOf(Template.fromStack(stack), 'TenantRole');
}

const written = (value: unknown) => JSON.stringify(value);
const TENANT = '$' + '{aws:PrincipalTag/TenantId}';

test('a further table joins the first under the same conditions, its indexes by their names', () => {
  const [statement, ...others] = granted((role, stack) =>
    role.grantTenantTable(durableTable(stack, 'Invoices', 'pk', 'sk'), { indexes: ['by-date'] }),
  );
  expect(others).toEqual([]);
  expect(statement?.resources).toHaveLength(3);
  expect(written(statement?.resources)).toContain('/index/by-date');
  expect(written(statement?.resources)).not.toContain('*');
  expect(statement?.conditions).toMatchObject({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`TENANT#${TENANT}#*`] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
});

test('a bucket is reached below the folder of the session’s tenant, and listed there', () => {
  const [, objects, list, ...others] = granted((role, stack) =>
    role.grantTenantPrefix(new Bucket(stack, 'Files')),
  );
  expect(others).toEqual([]);
  expect([...(objects?.actions ?? []), ...(list?.actions ?? [])].sort()).toEqual(
    [...tenantObjectActions('TenantAdmin')].sort(),
  );
  // The slash behind the variable: without it, tenant `a` would reach tenant `a-b`.
  expect(written(objects?.resources)).toMatch(/\/tenants\/\$\{aws:PrincipalTag\/TenantId\}\/\*"\]\]\}\]$/);
  expect(objects?.conditions).toEqual({ Null: { 'aws:PrincipalTag/TenantId': 'false' } });
  expect(list?.actions).toEqual(['s3:ListBucket']);
  expect(written(list?.resources)).not.toContain('*');
  // A list without a prefix would be one of the whole bucket.
  expect(list?.conditions).toEqual({
    StringLike: { 's3:prefix': [`tenants/${TENANT}/*`] },
    Null: { 's3:prefix': 'false', 'aws:PrincipalTag/TenantId': 'false' },
  });
});

test('folders may be others, and several', () => {
  const statements = granted((role, stack) => {
    const bucket = new Bucket(stack, 'Files');
    role.grantTenantPrefix(bucket, { folder: 'invoices' });
    role.grantTenantPrefix(bucket, { folder: 'uploads/raw' });
  });
  for (const folder of ['invoices', 'uploads/raw'])
    expect(written(statements)).toContain(`/${folder}/${TENANT}/*`);
});

test('a bucket of another stack does as well', () => {
  const statements = granted((role, stack) =>
    role.grantTenantPrefix(Bucket.fromBucketName(stack, 'Files', 'elsewhere')),
  );
  expect(written(statements)).toContain(`s3:::elsewhere/tenants/${TENANT}/*`);
});

test.each(['', '*', 'a?', 'a/', '/a', 'a//b', '../a', '$' + '{aws:userid}'])('%p is no folder', (folder) => {
  expect(() =>
    granted((role, stack) => role.grantTenantPrefix(new Bucket(stack, 'Files'), { folder })),
  ).toThrow('is no folder');
});

test('where people make their own sessions, a user deletes neither rows nor objects by the role itself', () => {
  const deleting = granted(
    (role, stack) => role.grantTenantPrefix(new Bucket(stack, 'Files')),
    'token',
  ).filter(({ actions }) => actions.some((each) => /Delete|BatchWrite/.test(each)));
  expect(deleting).toHaveLength(2);
  for (const { actions, conditions } of deleting) {
    expect(actions.every((each) => /Delete|BatchWrite/.test(each))).toBe(true);
    expect(conditions).toMatchObject({ StringEquals: { 'aws:PrincipalTag/Role': 'TenantAdmin' } });
  }
});

test.each([
  ['its own', (stack: Stack) => new Bucket(stack, 'Files')],
  ['another stack’s', (stack: Stack) => Bucket.fromBucketName(stack, 'Files', 'elsewhere')],
])('AWS’s rules find the wild card of a prefix in %s bucket explained', (_whose, bucketOf) => {
  const found: string[] = [];
  granted((role, stack) => {
    role.grantTenantPrefix(bucketOf(stack));
    (stack.node.root as App).synth();
    found.push(...findings(role));
  });
  expect(found).toEqual([]);
});
