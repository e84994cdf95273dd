import type { Deployment, Tenant } from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { type Listing, readPage } from '../control-table/page';
import { DEPLOYMENT_LISTING } from '../deployment/deployment-record';
import { TENANT_LISTING } from '../tenant/tenant-record';
import { type RoutingDependencies, routeTenants } from './route-tenants';

/**
 * Puts right whatever the store and the table do not agree on: an event that was lost, a deployment that was made anew,
 * a store that is new. The listings may lag, so they only say whom to look at.
 *
 * @returns how many entries were changed
 */
export async function reconcileRouting(dependencies: RoutingDependencies): Promise<number> {
  const { table, store } = dependencies;
  const stored = await store.all();
  const deployments = new Map<string, Deployment>();
  for await (const each of entriesOf(table, DEPLOYMENT_LISTING)) deployments.set(each.deploymentId, each);
  const doubtful = new Set(stored.keys());
  for await (const tenant of entriesOf(table, TENANT_LISTING)) {
    const says = stored.get(tenant.tenantId);
    if (agrees(says, tenant, deployments.get(tenant.deploymentId))) doubtful.delete(tenant.tenantId);
    else doubtful.add(tenant.tenantId);
  }
  return routeTenants([...doubtful], dependencies);
}

function agrees(says: string | undefined, tenant: Tenant, deployment: Deployment | undefined): boolean {
  if (tenant.status !== 'active' || !deployment) return says === undefined;
  if (says === undefined) return false;
  const { name, apiUrl, userPoolId, userPoolClientId, region } = JSON.parse(says) as Record<string, unknown>;
  return (
    name === tenant.name &&
    apiUrl === deployment.apiUrl &&
    userPoolId === deployment.userPoolId &&
    userPoolClientId === deployment.userPoolClientId &&
    region === deployment.region
  );
}

async function* entriesOf<Entry>(table: ControlTable, listing: Listing<Entry>): AsyncGenerator<Entry> {
  for (let nextToken: string | undefined; ; ) {
    const page = await readPage(table, listing, { limit: 100, ...(nextToken ? { nextToken } : {}) });
    yield* page.items;
    if (page.nextToken === undefined) return;
    nextToken = page.nextToken;
  }
}
