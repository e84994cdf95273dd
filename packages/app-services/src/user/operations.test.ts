import { USER_ROUTES } from '@granary/api';
import { applicationHandler, MemoryAccounts, MemoryUserRows } from '@granary/auth';
import { callGateway, type GatewayCall, quietTelemetry } from '../gateway-call';
import { userOperations } from './operations';

const ANN = 'ann@acme.example.com';
/** Who calls: tokens name people by the pool's own id. */
const BOSS = 'boss@acme.example.com';
const EVE = 'eve@other.example.com';

async function service(own = true) {
  const accounts = new MemoryAccounts();
  const rows = new Map<string, MemoryUserRows>();
  const rowsOf = (tenantId: string) => {
    const found = rows.get(tenantId) ?? new MemoryUserRows();
    rows.set(tenantId, found);
    return found;
  };
  const handler = applicationHandler({
    service: 'user',
    routes: USER_ROUTES,
    operations: userOperations({ rowsOf, accounts: own ? accounts : null, now: () => new Date() }),
    telemetry: quietTelemetry('user'),
  });
  accounts.people.set(BOSS, {
    ...{ userId: 'ann', userName: BOSS, enabled: true, createdAt: new Date(0) },
    attributes: { 'custom:tenantId': 'acme', 'custom:userRole': 'TenantAdmin' },
  });
  const call = (method: string, path: string, more: Partial<GatewayCall> = {}) =>
    callGateway(handler, { method, resource: path, ...more });
  return { accounts, rows, call };
}

const named = (userName: string) => ({ params: { userName } });

it('an administrator invites, reads, changes and removes its own people', async () => {
  const { call } = await service();
  const made = await call('POST', '/users', {
    body: { userName: 'Ann@Acme.Example.com', role: 'TenantUser' },
  });
  expect(made).toMatchObject({ status: 201, body: { userName: ANN, email: ANN, status: 'enabled' } });
  const changed = await call('PUT', '/users/{userName}', {
    ...named(ANN),
    body: { role: 'TenantAdmin' },
    ifMatch: made.etag as string,
  });
  expect(changed).toMatchObject({ status: 200, body: { role: 'TenantAdmin' } });
  const stale = { ...named(ANN), body: { role: 'TenantUser' }, ifMatch: made.etag as string };
  expect(await call('PUT', '/users/{userName}', stale)).toMatchObject({ status: 412 });
  const disabled = await call('PUT', '/users/{userName}/disable', named(ANN));
  expect(disabled).toMatchObject({ status: 200, body: { status: 'disabled' } });
  expect(await call('DELETE', '/users/{userName}', named(ANN))).toMatchObject({ status: 204 });
  expect(await call('GET', '/users/{userName}', named(ANN))).toMatchObject({ status: 404 });
});

it('the caller stands in the list from its first call on', async () => {
  const { call } = await service();
  expect((await call('GET', '/users')).body.items).toMatchObject([{ userName: BOSS, role: 'TenantAdmin' }]);
});

it('pages follow each other, and a token of another list is refused', async () => {
  const { call } = await service();
  for (const one of ['a', 'b', 'c'])
    await call('POST', '/users', { body: { userName: `${one}@acme.example.com`, role: 'TenantUser' } });
  const first = await call('GET', '/users', { query: { limit: '2' } });
  const second = await call('GET', '/users', { query: { limit: '2', nextToken: first.body.nextToken } });
  const names = [...first.body.items, ...second.body.items].map(({ userName }) => userName);
  expect(new Set(names).size).toBe(4);
  expect(await call('GET', '/users', { query: { nextToken: 'bm9uZQ' } })).toMatchObject({ status: 400 });
});

it.each([
  ['GET', '/users/{userName}', {}],
  ['DELETE', '/users/{userName}', {}],
  ['PUT', '/users/{userName}', { body: { role: 'TenantUser' }, ifMatch: '"1"' }],
  ['PUT', '/users/{userName}/enable', {}],
  ['PUT', '/users/{userName}/disable', {}],
])('%s %s of another tenant’s user is 404, as of nobody', async (method, path, more) => {
  const { call, accounts } = await service();
  await accounts.create(EVE, { 'custom:tenantId': 'other', 'custom:userRole': 'TenantAdmin' });
  const before = structuredClone(accounts.people.get(EVE));
  expect(await call(method, path, { ...named(EVE), ...more })).toMatchObject({ status: 404 });
  expect(await call(method, path, { ...named('no@body.example.com'), ...more })).toMatchObject({
    status: 404,
  });
  expect(accounts.people.get(EVE)).toEqual(before);
});

it.each([
  [{ tenantId: 'other' }],
  [{ 'custom:tenantId': 'other' }],
  [{ tier: 'premium' }],
  [{ role: 'SystemAdmin' }],
  [{ support: { until: '2099-01-01T00:00:00Z', reason: 'mine' } }],
])('a body that smuggles %j is refused', async (more) => {
  const { call } = await service();
  const body = { userName: ANN, role: 'TenantUser', ...more };
  expect(await call('POST', '/users', { body })).toMatchObject({ status: 400 });
});

it('a TenantUser reaches none of it', async () => {
  const { call } = await service();
  expect(await call('GET', '/users', { role: 'TenantUser' })).toMatchObject({ status: 403 });
  const body = { userName: ANN, role: 'TenantAdmin' };
  expect(await call('POST', '/users', { role: 'TenantUser', body })).toMatchObject({ status: 403 });
});

it('a deployment with another issuer says who manages its people', async () => {
  const { call } = await service(false);
  expect(await call('GET', '/users')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('identity provider') },
  });
});
