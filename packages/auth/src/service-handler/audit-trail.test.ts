import { type AuditEntry, QUOTA_ROUTES } from '@granary/api';
import { RouteTableError } from '../errors';
import type { EventOptions } from '../testing/gateway-event';
import { handlerCall } from '../testing/handler-call';
import type { AuditPort } from './audit-trail';
import { controlHandler } from './control-handler';

const OPERATOR = { userId: 'u', userName: 'olga', role: 'SystemAdmin' };
const DELETE: EventOptions = {
  httpMethod: 'DELETE',
  resource: '/tenants/{tenantId}/quota',
  pathParameters: { tenantId: 'acme' },
  authorizer: OPERATOR,
};

function quota(audit: AuditPort | null | undefined, failure?: Error) {
  return controlHandler({
    service: 'quota',
    routes: QUOTA_ROUTES,
    ...(audit === undefined ? {} : { audit }),
    operations: {
      getTenantQuota: async () => ({ state: 'none' }) as never,
      putTenantQuota: async () => ({ state: 'none' }) as never,
      deleteTenantQuota: async (_request, { concerns }) => {
        concerns({ subject: 'key-1', reason: 'asked by phone' });
        if (failure) throw failure;
      },
      readQuotaHealth: async () => ({ service: 'quota', status: 'ok' as const }),
    },
  });
}

async function lines(options: EventOptions, failure?: Error) {
  const written: AuditEntry[] = [];
  const answer = await handlerCall(
    quota(async (entry) => void written.push(entry), failure),
    options,
  );
  return { answer, written };
}

test('a change leaves a line that says who did what to which tenant, with what result', async () => {
  const { answer, written } = await lines(DELETE);
  expect(answer.statusCode).toBe(204);
  expect(written).toEqual([
    {
      entryId: 'request:request-1',
      at: expect.stringMatching(/^\d{4}-/),
      actor: { kind: 'operator', userName: 'olga', role: 'SystemAdmin' },
      action: 'deleteTenantQuota',
      tenantId: 'acme',
      subject: 'key-1',
      reason: 'asked by phone',
      requestId: 'request-1',
      result: 'succeeded',
      status: 204,
    },
  ]);
});

test.each<[string, Partial<EventOptions>, object]>([
  [
    'without the role',
    { authorizer: { ...OPERATOR, role: 'CustomerSupport' } },
    { result: 'refused', status: 403, tenantId: 'acme', actor: { role: 'CustomerSupport' } },
  ],
  [
    'that nobody signed in for',
    { authorizer: null },
    { result: 'refused', status: 401, actor: { kind: 'anonymous' } },
  ],
  [
    'with a tenant id that is none',
    { pathParameters: { tenantId: 'No#Tenant' } },
    { result: 'refused', status: 400 },
  ],
])('a request %s leaves a line too', async (_what, change, line) => {
  const { written } = await lines({ ...DELETE, ...change });
  expect(written).toEqual([expect.objectContaining({ action: 'deleteTenantQuota' })]);
  expect(written[0]).toMatchObject(line);
});

test('a tenant id that is none does not reach the log', async () => {
  const { written } = await lines({ ...DELETE, pathParameters: { tenantId: 'No#Tenant' } });
  expect(JSON.stringify(written)).not.toContain('No#Tenant');
});

test('a fault of ours is a line with the result failed', async () => {
  const { answer, written } = await lines(DELETE, new Error('no table'));
  expect(answer.statusCode).toBe(500);
  expect(written).toMatchObject([{ result: 'failed', status: 500 }]);
});

test.each([
  ['a read', { ...DELETE, httpMethod: 'GET' }],
  ['a public route', { httpMethod: 'GET', resource: '/health/quota', authorizer: null }],
  ['a route that is not served', { ...DELETE, resource: '/secrets' }],
])('%s leaves none', async (_what, options) => {
  expect((await lines(options)).written).toEqual([]);
});

describe('when the line cannot be written', () => {
  const broken: AuditPort = async () => {
    throw new Error('the table is gone');
  };

  test('the request is answered 503, and the log says why', async () => {
    const { statusCode, json, headers, output } = await handlerCall(quota(broken), DELETE);
    expect(statusCode).toBe(503);
    expect(json.detail).toContain('audit log');
    expect(headers).toMatchObject({ 'Retry-After': '5' });
    expect(output).toContain('the table is gone');
  });

  test('what failed before it is in the log as well', async () => {
    const { statusCode, output } = await handlerCall(quota(broken, new Error('first fault')), DELETE);
    expect(statusCode).toBe(503);
    expect(output).toContain('first fault');
    expect(output).toContain('the table is gone');
  });
});

test('a service that changes things is not made without an answer to where its lines go', () => {
  expect(() => quota(undefined)).toThrow(RouteTableError);
  expect(() => quota(null)).not.toThrow();
});
