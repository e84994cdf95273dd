import { CONTROL_ROUTES, type Route } from '@granary/api';
import type { FakeOperations } from '@granary/browser';

/** The time that all of it is of. */
export const AT = '2026-11-02T09:30:00.000Z';
export const OPERATION_ID = '01JB0000000000000000000001';
const REGISTRATION_ID = 'registration-0123456789';
const limits = { throttle: { burst: 10, rate: 5 }, quota: { requestsPerDay: 1000 } };
export const ACTOR = {
  kind: 'operator',
  userName: 'olivia@granary.example.com',
  role: 'SystemAdmin',
} as const;
const TENANTS = [
  ['acme', 'Acme Corporation', 'platinum', 'silo', 'active', 'acme'],
  ['globex', 'Globex', 'platinum', 'silo', 'inactive', 'globex'],
  ['juniper', 'Juniper Foods', 'basic', 'pool', 'active', 'pool-us'],
] as const;
/** The release under test, and the commit that ran before it. */
export const RUN_ID = 'run-0002';
export const GOOD = 'a'.repeat(40);

/** Deployments with their kind and wave. */
export const PLACES = [
  ['acme', 'silo', 'canary'],
  ['globex', 'silo', 'everyone'],
  ['pool-us', 'pool', 'pools'],
] as const;

/** What the control plane answers about everything but releases. */
export function operatorAnswers(): FakeOperations {
  return { ...health(), ...ofTenants(), ...ofPlatform() };
}

/** Every service says that it runs. */
function health(): FakeOperations {
  return Object.fromEntries(
    (CONTROL_ROUTES as readonly Route[])
      .filter(({ path }) => path.startsWith('/health/'))
      .map(({ operation, service }) => [operation, () => ({ service, status: 'ok' })]),
  );
}

const operation = {
  ...{
    operationId: OPERATION_ID,
    kind: 'plan-change',
    tenantId: 'acme',
    status: 'failed',
    requestedBy: ACTOR,
  },
  steps: [
    { step: 'validate', status: 'succeeded', attempts: 1, startedAt: AT, endedAt: AT },
    { step: 'move-key', status: 'failed', attempts: 6, startedAt: AT, reason: 'the gateway was too busy' },
    { step: 'activate', status: 'pending', attempts: 0 },
  ],
  ...{ createdAt: AT, updatedAt: AT },
};
const registration = {
  ...{ registrationId: REGISTRATION_ID, tenantId: 'larkspur', tier: 'platinum', status: 'awaiting-approval' },
  ...{ name: 'Larkspur', adminEmail: 'admin@larkspur.example.com', createdAt: AT, updatedAt: AT },
};
const account = (userName: string, role: string) => ({
  ...{ userName, email: userName, role, status: 'enabled', createdAt: AT, updatedAt: AT, version: 1 },
});

function ofTenants(): FakeOperations {
  const tenants = TENANTS.map(([tenantId, name, tier, model, status, deploymentId]) => ({
    ...{ tenantId, name, tier, model, status, deploymentId, createdAt: AT, updatedAt: AT },
    adminEmail: `admin@${tenantId}.example.com`,
  }));
  return {
    listTenants: () => ({ items: tenants }),
    getTenant: ({ params }) => tenants.find(({ tenantId }) => tenantId === params.tenantId),
    listDeployments: () => ({
      items: PLACES.map(([deploymentId, kind, wave]) => ({
        ...{ deploymentId, kind, wave, account: '222222222222', region: 'us-east-1', release: GOOD },
        ...{
          apiUrl: 'http://127.0.0.1:1/',
          userPoolId: 'p',
          userPoolClientId: 'c',
          tenantTableName: 'tenants',
        },
        ...{ provisioningRoleArn: 'arn', usagePlanIds: {}, firstDeployedAt: AT, deployedAt: AT },
      })),
    }),
    listOperations: ({ query }) => ({
      items: query.status === undefined || query.status === 'failed' ? [operation] : [],
    }),
    getOperation: () => operation,
    retryOperation: () => ({ ...operation, status: 'running' }),
    cancelOperation: () => ({ ...operation, status: 'compensating' }),
    listRegistrations: ({ query }) => ({
      items: query.status === undefined || query.status === 'awaiting-approval' ? [registration] : [],
    }),
    getRegistration: () => ({ ...registration, steps: [] }),
    approveRegistration: () => ({ ...registration, status: 'running', steps: [] }),
    changeTier: ({ params }) => ({ ...operation, ...params, kind: 'move', status: 'running' }),
    offboardTenant: () => ({ ...operation, kind: 'offboarding', status: 'running' }),
    listTenantUsers: () => ({ items: [account('admin@acme.example.com', 'TenantAdmin')] }),
    getTenantUsage: ({ params, query }) => ({
      ...{ ...params, ...query },
      meters: [
        {
          meterId: 'requests',
          unit: 'requests',
          total: 1200,
          late: 0,
          points: [{ at: query.to, quantity: 1200 }],
        },
      ],
    }),
    getTenantCost: ({ params, query }) => ({ ...params, ...query, usd: '0.420000000', lines: [costLine] }),
    getTenantQuota: ({ params }) => ({
      ...params,
      tier: 'platinum',
      override: { ...limits, state: 'applied', updatedAt: AT },
    }),
    listInvoices: ({ params }) => ({
      items: [
        {
          ...{
            ...params,
            invoiceId: 'in-1',
            month: '2026-10',
            currency: 'USD',
            status: 'open',
            total: 49900,
            issuedAt: AT,
          },
          lines: [{ kind: 'subscription', description: 'Platinum', month: '2026-10', amount: 49900 }],
        },
      ],
    }),
    listSupportAccess: () => ({ items: [] }),
  };
}

const costLine = {
  kind: 'requests',
  region: 'us-east-1',
  quantity: 1200,
  unit: 'requests',
  usd: '0.420000000',
};

function ofPlatform(): FakeOperations {
  return {
    listPlans: () => ({
      plans: [
        { tier: 'basic', model: 'pool', limits },
        { tier: 'platinum', model: 'silo', limits },
      ],
    }),
    countDeadLetters: () => ({
      queues: [
        { queue: 'outbox', waiting: 2 },
        { queue: 'received', waiting: 0 },
      ],
    }),
    redriveDeadLetters: () => ({ queue: 'outbox', redriven: 2 }),
    listMeters: () => ({
      items: [
        { meterId: 'requests', unit: 'requests', aggregation: 'sum', builtIn: true, description: 'requests' },
      ],
    }),
    getCosts: ({ query }) => ({
      ...{
        ...query,
        total: '0.500000000',
        unpriced: [],
        prices: { asOf: '2026-11-01', sources: ['price list'] },
      },
      tenants: [{ tenantId: 'acme', usd: '0.420000000', lines: [costLine] }],
      shared: { usd: '0.080000000', lines: [] },
    }),
    listAuditLines: () => ({
      items: [
        {
          ...{
            entryId: 'entry-0001',
            at: AT,
            actor: ACTOR,
            action: 'haltRelease',
            subject: RUN_ID,
            reason: 'red',
          },
          ...{ result: 'succeeded', status: 202, sequence: 7, recordedAt: AT, hash: 'h' },
        },
      ],
    }),
    verifyAudit: ({ query }) => {
      const { after } = query as { readonly after: number };
      return after < 5
        ? { verdict: 'unfinished', head: { sequence: 5, hash: 'h' }, anchors: 1 }
        : { verdict: 'intact', head: { sequence: 7, hash: 'h' }, anchors: 1 };
    },
    listOperators: () => ({
      items: [account(ACTOR.userName, 'SystemAdmin'), account('sam@granary.example.com', 'CustomerSupport')],
    }),
    disableOperator: () => ({ ...account('sam@granary.example.com', 'CustomerSupport'), status: 'disabled' }),
  };
}
