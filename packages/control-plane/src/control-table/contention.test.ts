import { ContentionProblem } from '@granary/api';
import { MemoryAccounts, MemoryUserRows } from '@granary/auth';
import { registerDeployment } from '../deployment/deployment-registry';
import { lifecycleService } from '../lifecycle/lifecycle-service';
import { deactivate } from '../lifecycle/request-change';
import { operationService } from '../operation/operation-service';
import { quotaService } from '../quota/quota-service';
import { registrationService } from '../registration/registration-service';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { tenantUserService } from '../tenant-user/tenant-user-service';
import { meteringService } from '../usage/metering-service';
import { type ControlTable, type Write, WriteRefusedError } from './control-table';

const MEETINGS = {
  'finds another state than it read': () => new WriteRefusedError([0]),
  'meets other transactions': () => new ContentionProblem(),
} as const;

/** A table whose next writes fail as they are told, but for lines and events: those are items of their own. */
function conflicting(table: ControlTable) {
  const coming = { left: 0, error: (): Error => new WriteRefusedError([0]) };
  const own = (write: Write) => (write.type === 'put' ? write.item : write.key).pk.startsWith('OUTBOX');
  const port: ControlTable = {
    get: (key) => table.get(key),
    list: (query) => table.list(query),
    query: (query) => table.query(query),
    write: async (writes) => {
      if (coming.left > 0 && !writes.every(own)) {
        coming.left -= 1;
        throw coming.error();
      }
      await table.write(writes);
    },
  };
  return { port, coming };
}

/** A tenant that is active, one that is not, one that failed, one that waits for approval, and the services. */
async function open() {
  const stage = new Rehearsal();
  const { dependencies, deployment } = stage;
  await registerDeployment(registrationOf(), dependencies);
  const sign = (tenantId: string, tier = 'basic') =>
    signUp(
      { ...BUYER, tenantId, tier, adminEmail: `admin@${tenantId}.example` },
      tier === 'basic' ? OPERATOR : ANYONE,
      dependencies,
    );
  for (const tenantId of ['hooli', 'stark']) {
    await sign(tenantId);
    await stage.onboard(tenantId);
  }
  const off = await deactivate({ tenantId: 'stark', requestedBy: OPERATOR }, dependencies);
  await stage.machine.run(off.operationId);
  deployment.usageKeys.create = () => Promise.reject(new Error('out of order'));
  const failed = await sign('initech');
  await stage.onboard('initech');
  const awaiting = await sign('acme', 'platinum');

  const { port, coming } = conflicting(stage.table);
  const { telemetry } = silentTelemetry();
  const common = { ...dependencies, table: port, telemetry, audit: async () => undefined };
  const enforcer = { enforce: async () => undefined };
  const people = { rowsOf: () => rows, accounts: new MemoryAccounts() };
  const rows = new MemoryUserRows();
  const services = {
    lifecycle: lifecycleService(common),
    metering: meteringService({ table: port, prices: {} as never, telemetry }),
    operation: operationService(common),
    quota: quotaService({ table: port, enforcer, now: dependencies.now, telemetry }),
    registration: registrationService(common),
    users: tenantUserService({ ...common, newId: () => '0'.repeat(26), open: () => people }),
  };
  const params = {
    tenantId: 'hooli',
    operationId: failed.operationId ?? '',
    registrationId: awaiting.registrationId,
    failedId: failed.registrationId,
  };
  const send = (name: string) => {
    const [service, method, resource, more] = ROUTES[name] as Sent;
    return request(services[service], {
      ...{ method, resource, body: more?.body, role: 'SystemAdmin' },
      params: {
        ...params,
        ...(more?.params ?? {}),
        ...(more?.failed ? { registrationId: params.failedId } : {}),
      },
    });
  };
  const kept = () => JSON.stringify(stage.table.all().filter(({ pk }) => !pk.startsWith('OUTBOX')));
  return { coming, send, kept };
}

type Service = 'lifecycle' | 'metering' | 'operation' | 'quota' | 'registration' | 'users';
interface More extends Partial<Pick<GatewayRequest, 'body' | 'params'>> {
  /** It is about the registration that failed. @default the one that waits */
  readonly failed?: boolean;
}
type Sent = readonly [Service, GatewayRequest['method'], string, More?];

const NEWCOMER = { ...BUYER, tenantId: 'umbrella', adminEmail: 'a@umbrella.example' };
const REGISTRATION = '/registrations/{registrationId}';
const ROUTES: Readonly<Record<string, Sent>> = {
  'an activation': ['lifecycle', 'POST', '/tenants/{tenantId}/activate', { params: { tenantId: 'stark' } }],
  'a deactivation': ['lifecycle', 'POST', '/tenants/{tenantId}/deactivate'],
  'a change of the tier': ['lifecycle', 'PUT', '/tenants/{tenantId}/tier', { body: { tier: 'premium' } }],
  'an offboarding': [
    ...(['lifecycle', 'DELETE', '/tenants/{tenantId}'] as const),
    { body: { confirm: BUYER.name, retentionDays: 1 } },
  ],
  'a retry': ['operation', 'POST', '/operations/{operationId}/retry'],
  'a cancellation': ['operation', 'POST', '/operations/{operationId}/cancel'],
  'a retry by the buyer': ['registration', 'POST', `${REGISTRATION}/retry`, { failed: true }],
  'a sign-up': ['registration', 'POST', '/registrations', { body: NEWCOMER }],
  'a sign-up for a dedicated tier': [
    ...(['registration', 'POST', '/registrations'] as const),
    { body: { ...NEWCOMER, tier: 'platinum' } },
  ],
  'a sign-up by an operator': ['registration', 'POST', '/tenants', { body: NEWCOMER }],
  'an approval': ['registration', 'POST', `${REGISTRATION}/approve`, { body: {} }],
  'a rejection': ['registration', 'POST', `${REGISTRATION}/reject`, { body: { reason: 'no' } }],
  'limits of its own': [
    ...(['quota', 'PUT', '/tenants/{tenantId}/quota'] as const),
    { body: { throttle: { burst: 5, rate: 2 }, quota: { requestsPerDay: 9 } } },
  ],
  'a new meter': ['metering', 'POST', '/meters', { body: { meterId: 'pages', unit: 'page' } }],
  'support access': [
    ...(['users', 'POST', '/tenants/{tenantId}/support-access'] as const),
    { body: { reason: 'order 42 cannot be opened', minutes: 30 } },
  ],
};

describe.each(Object.entries(MEETINGS))('a change that %s', (_, error) => {
  test.each(Object.keys(ROUTES))(
    'at every try is answered so that it can be sent again: %s',
    async (name) => {
      const { coming, send, kept } = await open();
      const before = kept();
      Object.assign(coming, { left: Number.POSITIVE_INFINITY, error });
      const { status, headers, body } = await send(name);
      expect(headers['Content-Type']).toBe('application/problem+json');
      expect([409, 503]).toContain(status);
      if (status === 503) expect(Number(headers['Retry-After'])).toBeGreaterThan(0);
      expect(body.detail).toMatch(/send (it|the( same)? request) again|choose another id|then send/);
      expect(kept()).toBe(before);
      coming.left = 0;
      expect((await send(name)).status).toBeLessThan(300);
    },
  );
});

/** Their writes expect an item of their own to be absent: who finds it there is told so. */
const FINAL = ['a new meter', 'support access'];

test.each(Object.keys(ROUTES).filter((name) => !FINAL.includes(name)))(
  'what others changed in between is seen, and decided anew: %s',
  async (name) => {
    const { coming, send } = await open();
    coming.left = 2;
    expect((await send(name)).status).toBeLessThan(300);
  },
);
