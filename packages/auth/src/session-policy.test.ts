import { TENANT_ROLES } from '@granary/api';
import { sessionPolicy, tenantItemActions, tenantObjectActions } from './session-policy';
import { TENANT_LEADING_KEYS, tenantObjectKey, tenantObjectPrefix, tenantPartitionKey } from './tenant-key';

it.each(TENANT_ROLES)('the policy of %s is of a size that STS takes', (role) => {
  expect(sessionPolicy(role).length).toBeLessThan(2048);
});

it.each(TENANT_ROLES)('the policy of %s names each action, and none that names no key', (role) => {
  for (const action of tenantItemActions(role)) {
    expect(action).toMatch(/^dynamodb:[A-Za-z]+$/);
    expect(action).not.toMatch(/Scan|PartiQL|Table|Index|Stream|Backup/);
  }
});

it('a user can delete nothing, by either action that deletes', () => {
  expect(tenantItemActions('TenantUser')).not.toContain('dynamodb:DeleteItem');
  expect(tenantItemActions('TenantUser')).not.toContain('dynamodb:BatchWriteItem');
});

it('a user deletes no object either, and neither role changes a bucket or its versions', () => {
  expect(tenantObjectActions('TenantUser')).not.toContain('s3:DeleteObject');
  for (const role of TENANT_ROLES)
    for (const action of tenantObjectActions(role)) expect(action).toMatch(/^s3:(\w+Object|ListBucket)$/);
});

it('an administrator may do all that a user may', () => {
  expect(tenantItemActions('TenantAdmin')).toEqual(
    expect.arrayContaining([...tenantItemActions('TenantUser')]),
  );
});

it('the keys of one tenant are not like those of a tenant whose id starts with its id', () => {
  const pattern = (tenantId: string) =>
    TENANT_LEADING_KEYS.replace('$' + '{aws:PrincipalTag/TenantId}', tenantId);
  const like = (text: string, tenantId: string) => text.startsWith(pattern(tenantId).slice(0, -1));
  expect(like(tenantPartitionKey('acme', 0), 'acme')).toBe(true);
  expect(like(tenantPartitionKey('acme-2', 0), 'acme')).toBe(false);
});

it('the objects of one tenant are not below the prefix of a tenant whose id starts with its id', () => {
  expect(tenantObjectKey('acme', 'invoices/1.pdf')).toBe('tenants/acme/invoices/1.pdf');
  expect(tenantObjectKey('acme-2', 'a').startsWith(tenantObjectPrefix('acme'))).toBe(false);
});
