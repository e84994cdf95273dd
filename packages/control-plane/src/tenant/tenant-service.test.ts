import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { ANYONE, BUYER, Rehearsal, registrationOf, SILO } from '../rehearsal/rehearsal';
import { tenantService } from './tenant-service';

async function open() {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await registerDeployment(SILO, stage.dependencies);
  await signUp(BUYER, ANYONE, stage.dependencies);
  const handler = tenantService({ table: stage.table, telemetry: silentTelemetry().telemetry });
  const get = (resource: string, more: Partial<GatewayRequest> = {}) =>
    request(handler, { method: 'GET', resource, role: 'CustomerSupport', ...more });
  const config = (tenantName: string) =>
    request(handler, { method: 'GET', resource: '/tenant-config/{tenantName}', params: { tenantName } });
  return { stage, handler, get, config };
}

test('operators list tenants a page at a time', async () => {
  const { get } = await open();
  const first = await get('/tenants', { query: { limit: '1' } });
  expect(first).toMatchObject({ status: 200, body: { items: [{ tenantId: 'acme', model: 'silo' }] } });
  const second = await get('/tenants', { query: { limit: '1', nextToken: first.body.nextToken } });
  expect(second.body).toEqual({ items: [expect.objectContaining({ tenantId: 'hooli', model: 'pool' })] });
  expect(await get('/tenants', { query: { nextToken: 'x' } })).toMatchObject({ status: 400 });
});

test('operators see a tenant without what only the platform needs', async () => {
  const { stage, get } = await open();
  await stage.onboard(BUYER.tenantId);
  const { body } = await get('/tenants/{tenantId}', { params: { tenantId: 'hooli' } });
  expect(body).toMatchObject({ tenantId: 'hooli', status: 'active', deploymentId: 'pool-us' });
  for (const internal of ['onboardingId', 'operation', 'usageKeyId', 'revision', 'pk'])
    expect(body).not.toHaveProperty(internal);
  expect(await get('/tenants/{tenantId}', { params: { tenantId: 'nobody' } })).toMatchObject({ status: 404 });
});

test('operators see which release each deployment runs', async () => {
  const { get } = await open();
  const { status, body } = await get('/deployments');
  expect(status).toBe(200);
  expect(body.items).toMatchObject([
    { deploymentId: 'pool-us', kind: 'pool', release: 'a'.repeat(40) },
    { deploymentId: 'acme', kind: 'silo', wave: 'canary' },
  ]);
});

test.each(['/tenants', '/deployments'])(
  'whoever is not signed in is turned away from %s',
  async (resource) => {
    const { handler } = await open();
    expect(await request(handler, { method: 'GET', resource })).toMatchObject({ status: 401 });
  },
);

test('anyone may ask where an active tenant is, and keep the answer for a minute', async () => {
  const { stage, config } = await open();
  await stage.onboard(BUYER.tenantId);
  const answer = await config('hooli');
  expect(answer).toMatchObject({ status: 200, headers: { 'Cache-Control': 'public, max-age=60' } });
  expect(answer.body).toEqual({
    tenantId: 'hooli',
    name: 'Hooli Inc',
    region: 'us-east-1',
    apiUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/',
    userPoolId: 'us-east-1_Pool',
    userPoolClientId: 'client',
  });
});

test('to the public a tenant that is not active is the same as none, and neither answer is kept', async () => {
  const { config } = await open();
  const [provisioning, none] = [await config('hooli'), await config('hooly')];
  expect(provisioning).toMatchObject({ status: 404, headers: { 'Cache-Control': 'no-store' } });
  expect({ ...provisioning.body, detail: '' }).toEqual({ ...none.body, detail: '' });
});

test('the service says that it runs', async () => {
  const { handler } = await open();
  const health = await request(handler, { method: 'GET', resource: '/health/tenant' });
  expect(health).toMatchObject({ status: 200, headers: { 'Cache-Control': 'no-store' } });
});

test.each([
  [{ tier: 'basic' }, ['hooli']],
  [{ tier: 'basic', status: 'active' }, []],
  [{ deployment: 'acme' }, ['acme']],
  [{ text: 'HOOLI inc' }, ['hooli']],
  [{ text: 'nobody' }, []],
])('tenants that fit %j are listed, whatever the size of a page', async (query, ids) => {
  const { get } = await open();
  for (const limit of ['1', '100']) {
    const { body } = await get('/tenants', { query: { ...query, limit } });
    expect(body.items.map(({ tenantId }: { tenantId: string }) => tenantId)).toEqual(ids);
  }
});

test.each([
  [{ wave: 'canary' }, ['acme']],
  [{ release: 'a'.repeat(7), region: 'us-east-1' }, ['pool-us', 'acme']],
  [{ release: 'b'.repeat(7) }, []],
  [{ account: '999999999999' }, []],
])('deployments that fit %j are listed', async (query, ids) => {
  const { get } = await open();
  const { body } = await get('/deployments', { query: query as never });
  expect(body.items.map(({ deploymentId }: { deploymentId: string }) => deploymentId)).toEqual(ids);
});

test('whoever has what is there still is told so, without it', async () => {
  const { get } = await open();
  const params = { tenantId: 'hooli' };
  const { headers } = await get('/tenants/{tenantId}', { params });
  const again = await get('/tenants/{tenantId}', {
    params,
    headers: { 'If-None-Match': String(headers.ETag) },
  });
  expect(again.status).toBe(304);
});

test('anyone may read what the API is, and keep it', async () => {
  const { handler } = await open();
  const answer = await request(handler, { method: 'GET', resource: '/openapi.json' });
  expect(answer).toMatchObject({ status: 200, headers: { 'Cache-Control': 'public, max-age=300' } });
  expect(answer.body).toMatchObject({ openapi: '3.1.0', paths: { '/tenants/{tenantId}': {} } });
});
