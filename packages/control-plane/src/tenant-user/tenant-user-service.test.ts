import { MemoryAccounts, MemoryUserRows } from '@granary/auth';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { newOperationId } from '../workflow/operation-record';
import { tenantUserService } from './tenant-user-service';

const TOM = 'tom@hooli.example';

/** Two tenants of one pool, each with its administrator there. */
async function open() {
  const stage = new Rehearsal();
  const { table, dependencies } = stage;
  await registerDeployment(registrationOf(), dependencies);
  const accounts = new MemoryAccounts();
  const directories = new Map<string, MemoryUserRows>();
  const rowsOf = (tenantId: string) => {
    const rows = directories.get(tenantId) ?? new MemoryUserRows();
    directories.set(tenantId, rows);
    return rows;
  };
  for (const tenantId of ['hooli', 'initech']) {
    const adminEmail = `admin@${tenantId}.example`;
    await signUp({ ...BUYER, tenantId, adminEmail }, OPERATOR, dependencies);
    await stage.onboard(tenantId);
    await accounts.create(adminEmail, { 'custom:tenantId': tenantId, 'custom:userRole': 'TenantAdmin' });
  }
  const { telemetry } = silentTelemetry();
  const handler = tenantUserService({
    ...{ table, now: () => new Date('2026-02-01T00:00:00.000Z'), newId: newOperationId, telemetry },
    open: () => ({ rowsOf, accounts }),
  });
  const send = (method: GatewayRequest['method'], userName?: string, more: Partial<GatewayRequest> = {}) => {
    const users = '/tenants/{tenantId}/users';
    const resource = userName === undefined ? users : `${users}/{userName}${more.resource ?? ''}`;
    const params = { tenantId: 'hooli', ...(userName === undefined ? {} : { userName }), ...more.params };
    return request(handler, { method, role: 'SystemAdmin', ...more, resource, params });
  };
  const invite = (userName: string, role: string) => send('POST', undefined, { body: { userName, role } });
  const told = (detailType: string) =>
    table.all().flatMap((item) => (item.detailType === detailType ? [item.detail] : []));
  return { send, invite, told, accounts, table };
}

test('an operator invites, reads, changes, disables, enables and removes users of any tenant', async () => {
  const { send, invite, told, accounts } = await open();
  expect(await invite(TOM, 'TenantUser')).toMatchObject({ status: 201, body: { role: 'TenantUser' } });
  expect(accounts.people.get(TOM)?.attributes).toMatchObject({ 'custom:tenantId': 'hooli' });
  const { headers } = await send('GET', TOM);
  const change = { body: { role: 'TenantAdmin' }, headers: { 'If-Match': String(headers.ETag) } };
  expect(await send('PUT', TOM, change)).toMatchObject({ status: 200, body: { role: 'TenantAdmin' } });
  expect(await send('PUT', TOM, change)).toMatchObject({ status: 412 });
  expect(await send('PUT', TOM, { resource: '/disable' })).toMatchObject({ body: { status: 'disabled' } });
  expect(await send('PUT', TOM, { resource: '/enable' })).toMatchObject({ body: { status: 'enabled' } });
  expect(await send('DELETE', TOM)).toMatchObject({ status: 204 });
  expect(accounts.people.has(TOM)).toBe(false);
  expect(told('sbt_aws_tenantUserCreated')).toEqual([
    expect.objectContaining({ tenantId: 'hooli', userName: TOM, userRole: 'TenantUser' }),
  ]);
  expect(told('sbt_aws_tenantUserDeleted')).toEqual([
    expect.objectContaining({ tenantId: 'hooli', userName: TOM }),
  ]);
});

test('a user of another tenant of the same pool is not there, and stays', async () => {
  const { send, accounts } = await open();
  const other = 'admin@initech.example';
  expect(await send('GET', other)).toMatchObject({ status: 404 });
  expect(await send('DELETE', other)).toMatchObject({ status: 404 });
  expect(await send('PUT', other, { resource: '/disable' })).toMatchObject({ status: 404 });
  expect(accounts.people.get(other)?.enabled).toBe(true);
  const { items } = (await send('GET')).body;
  expect(items.map(({ userName }: { userName: string }) => userName)).toEqual(['admin@hooli.example']);
});

test('the last administrator of a tenant stays, whichever operator asks; with another one it may go', async () => {
  const { send, invite } = await open();
  const last = 'admin@hooli.example';
  await invite(TOM, 'TenantUser');
  expect(await send('DELETE', last)).toMatchObject({ status: 409 });
  expect(await send('PUT', last, { resource: '/disable' })).toMatchObject({ status: 409 });
  await invite('tea@hooli.example', 'TenantAdmin');
  expect(await send('DELETE', last)).toMatchObject({ status: 204 });
});

test('support looks at users and changes none; nobody makes an operator of a tenant’s user', async () => {
  const { send, invite, table } = await open();
  const support = { role: 'CustomerSupport' } as const;
  expect(await send('GET', undefined, support)).toMatchObject({ status: 200 });
  const body = { userName: TOM, role: 'TenantUser' };
  expect(await send('POST', undefined, { ...support, body })).toMatchObject({ status: 403 });
  expect(await invite(TOM, 'SystemAdmin')).toMatchObject({ status: 400 });
  expect(await send('GET', undefined, { params: { tenantId: 'nobody' } })).toMatchObject({ status: 404 });
  const lines = table.all().flatMap(({ entry }) => (entry ? [entry as object] : []));
  expect(lines).toContainEqual(
    expect.objectContaining({ action: 'createTenantUser', tenantId: 'hooli', result: 'refused' }),
  );
});
