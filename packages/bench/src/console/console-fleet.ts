import type { FakeOperations } from '@granary/browser';

const AT = '2026-11-02T09:30:00.000Z';
const RELEASE = 'c'.repeat(40);
export const RUN_ID = 'run-0001';
const TIERS = ['basic', 'standard', 'premium', 'platinum'] as const;
const PLACES = 40;
const CELLS = ['us-east-1', 'eu-west-1'] as const;
const LIMITS = { throttle: { burst: 10, rate: 5 }, quota: { requestsPerDay: 1000 } };
/** What the sign-up page shows. */
const PLANS = [
  { tier: 'basic', model: 'pool', limits: LIMITS },
  { tier: 'platinum', model: 'silo', limits: LIMITS },
];

/** The operators' API over a fleet: its tenants page by page, and one release whose wave goes on with each look. */
export function consoleFleet(tenants: number, waveSize: number): FakeOperations {
  let looks = 0;
  const items = Array.from({ length: tenants }, (_, index) => tenantAt(index));
  const deployments = Array.from({ length: PLACES }, (_, index) => deploymentAt(index));
  const run = { runId: RUN_ID, kind: 'release', release: RELEASE, status: 'running', startedAt: AT } as const;
  return {
    listPlans: () => ({ plans: PLANS }),
    listTenants: ({ query }) => pageOf(items, query),
    listDeployments: ({ query }) => pageOf(deployments, query),
    listReleases: () => ({ items: [run] }),
    listApprovals: () => ({ items: [] }),
    listOverrides: () => ({ items: [] }),
    getRelease: () => {
      looks += 1;
      return { ...run, waves: [waveAt(waveSize, looks)] };
    },
  };
}

function pageOf<Item>(items: readonly Item[], query: Readonly<Record<string, unknown>>) {
  const from = Number(query.nextToken ?? 0);
  const to = from + Number(query.limit);
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) };
}

function tenantAt(index: number) {
  const tenantId = `tenant-${String(index).padStart(5, '0')}`;
  return {
    ...{
      tenantId,
      name: `Tenant ${index}`,
      tier: TIERS[index % TIERS.length],
      model: 'pool',
      status: 'active',
    },
    ...{ deploymentId: `pool-${index % PLACES}`, adminEmail: `admin@${tenantId}.example.com` },
    ...{ createdAt: AT, updatedAt: AT },
  };
}

function deploymentAt(index: number) {
  return {
    ...{ deploymentId: `pool-${index}`, kind: 'pool', wave: `wave-${index % 4}`, account: '222222222222' },
    ...{ region: CELLS[index % CELLS.length], release: RELEASE, apiUrl: 'http://127.0.0.1:1/' },
    ...{ userPoolId: 'pool', userPoolClientId: 'client', tenantTableName: 'tenants', usagePlanIds: {} },
    ...{ provisioningRoleArn: 'role', firstDeployedAt: AT, deployedAt: AT },
  };
}

/** Each look finds another part of the wave deploying, and what deployed before it done; then all over again. */
function waveAt(size: number, look: number) {
  const parts = 10;
  const front = look % (parts + 1);
  const stateOf = (index: number) => {
    const part = Math.floor((index / size) * parts);
    return part < front - 1 ? 'deployed' : part === front - 1 ? 'deploying' : 'waiting';
  };
  return {
    ...{ name: 'everyone', index: 0, status: 'deploying', size, attempt: 1, looks: look, samples: look },
    ...{ minimumSamples: 3, watch: {}, startedAt: AT },
    deployments: Array.from({ length: size }, (_, index) => ({
      deploymentId: `silo-${String(index).padStart(4, '0')}`,
      state: stateOf(index),
    })),
  };
}
