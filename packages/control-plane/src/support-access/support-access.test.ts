import { createTelemetry, MemoryAccounts, MemoryUserRows } from '@granary/auth';
import type { DeploymentRecord } from '../deployment/deployment-record';
import { deploymentCodec } from '../deployment/deployment-record';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { tenantCodec } from '../tenant/tenant-record';
import { tenantUserService } from '../tenant-user/tenant-user-service';
import { sweepSupportAccess } from './sweep-support-access';

const AT = '2026-01-01T00:00:00.000Z';
const REASON = 'order 42 cannot be opened';

const DEPLOYMENT: DeploymentRecord = {
  ...{ deploymentId: 'pool-us', kind: 'pool', account: '222222222222', region: 'us-east-1', wave: 'pools' },
  ...{
    release: 'abcdef1',
    apiUrl: 'https://api.example.com/',
    userPoolId: 'us-east-1_P',
    userPoolClientId: 'c',
  },
  provisioningRoleArn: 'arn:aws:iam::222222222222:role/granary-pool-us-provision',
  ...{ tenantTableName: 'tenants', usagePlanIds: { basic: 'p' }, firstDeployedAt: AT, deployedAt: AT },
  ...{ tenants: 1, revision: 1 },
};

async function setting() {
  const table = new MemoryControlTable();
  const rows = new MemoryUserRows();
  const accounts = new MemoryAccounts();
  const clock = { now: Date.parse(AT) };
  const now = () => new Date(clock.now);
  const open = () => ({ rowsOf: () => rows, accounts });
  let made = 0;
  const newId = () => {
    made += 1;
    return String(made).padStart(26, '0');
  };
  const tenant = tenantCodec.encode({
    ...{
      tenantId: 'acme',
      name: 'Acme',
      tier: 'basic',
      model: 'pool',
      deploymentId: 'pool-us',
      status: 'active',
    },
    ...{ adminEmail: 'ann@acme.example.com', createdAt: AT, updatedAt: AT },
    ...{ onboardingId: '01J8Z3K5N7P9QRSTVWXYZABCDE', administrator: 'perhaps', revision: 1 },
  });
  await table.write([
    { type: 'put', item: deploymentCodec.encode(DEPLOYMENT), expect: { kind: 'any' } },
    { type: 'put', item: tenant, expect: { kind: 'any' } },
  ]);
  await accounts.create('ann@acme.example.com', {
    'custom:tenantId': 'acme',
    'custom:userRole': 'TenantAdmin',
  });
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' });
  const handler = tenantUserService({ table, open, newId, now, telemetry: createTelemetry('tenant-user') });
  let asked = 0;
  const call = async (role: string, method: string, path: string, more: object = {}) => {
    asked += 1;
    const event = {
      httpMethod: method,
      resource: `/tenants/{tenantId}/${path}`,
      pathParameters: { tenantId: 'acme', ...(more as { params?: object }).params },
      headers: { 'Content-Type': 'application/json', ...(more as { headers?: object }).headers },
      body: 'body' in more ? JSON.stringify(more.body) : null,
      requestContext: {
        requestId: `request-${asked}`,
        authorizer: { userId: 'u', userName: 'olga@granary.example.com', role },
      },
    };
    const answer = await handler(event as never, { awsRequestId: 'r' } as never);
    return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined };
  };
  const sweep = () => sweepSupportAccess({ table, open, now, report: () => undefined });
  return { table, rows, accounts, clock, call, sweep };
}

const grant = { body: { reason: REASON, minutes: 30 } };

it('an operator is let in for a reason and a time, marked in the tenant’s own list', async () => {
  const { call, accounts, rows, table } = await setting();
  const { status, body } = await call('CustomerSupport', 'POST', 'support-access', grant);
  expect({ status, body }).toMatchObject({
    status: 201,
    body: {
      role: 'TenantUser',
      status: 'active',
      until: '2026-01-01T00:30:00.000Z',
      apiUrl: DEPLOYMENT.apiUrl,
    },
  });
  expect(accounts.people.get(body.userName)?.attributes).toMatchObject({
    'custom:tenantId': 'acme',
    'custom:accessUntil': String(Date.parse(body.until) / 1000),
  });
  expect(rows.rows.get(body.userName)?.support).toEqual({ until: body.until, reason: REASON });
  expect(accounts.passwords.get(body.userName)).toBe(body.password);
  // Nothing that is stored, published or audited holds it.
  expect(JSON.stringify([table.all(), [...rows.rows.values()]])).not.toContain(body.password);
  const lines = JSON.stringify(table.all().filter(({ pk }) => pk.startsWith('AUDIT#')));
  expect(lines).toContain(REASON);
  expect(JSON.stringify(table.all().filter(({ pk }) => pk.startsWith('EVENT#')))).toContain(
    'tenantUserCreated',
  );
});

it('a CustomerSupport is not let in as an administrator, a SystemAdmin is', async () => {
  const { call } = await setting();
  const body = { ...grant.body, role: 'TenantAdmin' };
  expect(await call('CustomerSupport', 'POST', 'support-access', { body })).toMatchObject({ status: 403 });
  expect(await call('SystemAdmin', 'POST', 'support-access', { body })).toMatchObject({ status: 201 });
});

it.each([{ minutes: 481 }, { minutes: 0 }, { reason: 'short' }, { reason: ' '.repeat(40) }])(
  'bounds what is asked for: %j',
  async (wrong) => {
    const { call } = await setting();
    const body = { ...grant.body, ...wrong };
    expect(await call('SystemAdmin', 'POST', 'support-access', { body })).toMatchObject({ status: 400 });
  },
);

it('the clock deletes the user after its time, not before, and once', async () => {
  const { call, accounts, clock, sweep, table } = await setting();
  const { body } = await call('SystemAdmin', 'POST', 'support-access', grant);
  clock.now += 29 * 60_000;
  expect(await sweep()).toEqual({ ended: 0, failed: [] });
  clock.now += 60_000;
  const remove = accounts.remove.bind(accounts);
  accounts.remove = () => Promise.reject(new Error('throttled'));
  expect(await sweep()).toEqual({ ended: 0, failed: [body.accessId] });
  accounts.remove = remove;
  // The lease of the sweep that failed.
  clock.now += 60_000;
  expect(await sweep()).toEqual({ ended: 1, failed: [] });
  expect(await sweep()).toEqual({ ended: 0, failed: [] });
  expect(accounts.people.has(body.userName)).toBe(false);
  const { body: list } = await call('SystemAdmin', 'GET', 'support-access');
  expect(list.items).toMatchObject([{ accessId: body.accessId, status: 'ended' }]);
  expect(JSON.stringify(table.all().filter(({ pk }) => pk.startsWith('EVENT#')))).toContain(
    'tenantUserDeleted',
  );
});

it('an access can be ended early, twice as well', async () => {
  const { call, accounts } = await setting();
  const { body } = await call('SystemAdmin', 'POST', 'support-access', grant);
  const end = () =>
    call('SystemAdmin', 'DELETE', 'support-access/{accessId}', { params: { accessId: body.accessId } });
  expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
  expect([...accounts.people.keys()]).toEqual(['ann@acme.example.com']);
});

it('operators see the first administrator, who cannot be removed while it is the last', async () => {
  const { call } = await setting();
  expect((await call('CustomerSupport', 'GET', 'users')).body.items).toMatchObject([
    { userName: 'ann@acme.example.com', role: 'TenantAdmin', status: 'enabled' },
  ]);
  const params = { userName: 'ann@acme.example.com' };
  expect(await call('CustomerSupport', 'DELETE', 'users/{userName}', { params })).toMatchObject({
    status: 403,
  });
  expect(await call('SystemAdmin', 'DELETE', 'users/{userName}', { params })).toMatchObject({ status: 409 });
});
