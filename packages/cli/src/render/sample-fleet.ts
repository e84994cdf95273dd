import type { Deployment, Tenant } from '@granary/api';
import { loadManifest } from '@granary/manifest';

/** A small fleet for tests: one pool with one tenant, one silo. */
export const MANIFEST = loadManifest(
  JSON.stringify({
    application: 'barn',
    toolchain: {
      account: '111111111111',
      region: 'us-east-1',
      source: { type: 'codecommit', repository: 'barn', branch: 'main' },
    },
    controlPlane: { account: '222222222222', region: 'us-east-1' },
    cells: [
      { id: 'us-1', account: '222222222222', region: 'us-east-1' },
      { id: 'eu-1', account: '333333333333', region: 'eu-west-1' },
    ],
    tiers: {
      basic: { model: 'pool', throttle: { burst: 10, rate: 10 }, quota: { requestsPerDay: 100 } },
      platinum: { model: 'silo', throttle: { burst: 10, rate: 10 }, quota: { requestsPerDay: 100 } },
    },
    pools: [{ id: 'pool-us', cell: 'us-1' }],
    tenants: [
      {
        id: 'acme',
        name: 'Acme',
        tier: 'platinum',
        cell: 'eu-1',
        adminEmail: 'admin@acme.example',
        ring: 'canary',
      },
    ],
    rollout: {
      waves: [
        { name: 'first', rings: ['canary'], percentage: 5, bakeMinutes: 5, approval: true },
        { name: 'all', percentage: 100, bakeMinutes: 0 },
      ],
    },
  }),
);

export const RELEASE = '3f2a1c90'.padEnd(40, 'a');
const AT = '2026-11-24T01:02:03.000Z';

export function deployment(deploymentId: string, more: Partial<Deployment> = {}): Deployment {
  return {
    deploymentId,
    kind: 'pool',
    account: '222222222222',
    region: 'us-east-1',
    wave: 'pools',
    release: RELEASE,
    apiUrl: `http://127.0.0.1:4566/_aws/execute-api/${deploymentId.replace(/-/g, '')}/prod/`,
    userPoolId: `us-east-1_${deploymentId}`,
    userPoolClientId: `client-${deploymentId}`,
    provisioningRoleArn: `arn:aws:iam::222222222222:role/${deploymentId}`,
    tenantTableName: `${deploymentId}-tenants`,
    usagePlanIds: { basic: 'plan' },
    firstDeployedAt: AT,
    deployedAt: AT,
    ...more,
  };
}

export function tenant(tenantId: string, deploymentId: string, more: Partial<Tenant> = {}): Tenant {
  return {
    tenantId,
    name: tenantId,
    tier: 'basic',
    model: 'pool',
    deploymentId,
    status: 'active',
    adminEmail: `admin@${tenantId}.example.com`,
    createdAt: AT,
    updatedAt: AT,
    ...more,
  };
}

export const SILO = deployment('acme', {
  kind: 'silo',
  account: '333333333333',
  region: 'eu-west-1',
  wave: 'first',
});
