import { NotFoundProblem } from '@granary/api';
import { type ManagedUsers, managedUsers, tenantRealm } from '@granary/auth';
import type { ControlTable } from '../control-table/control-table';
import { type DeploymentRecord, readDeployment } from '../deployment/deployment-record';
import { readTenant, type TenantRecord } from '../tenant/tenant-record';
import type { OpenUsers } from './open-tenant-users';

export interface TenantPeopleDeps {
  readonly table: ControlTable;
  readonly open: OpenUsers;
  readonly now: () => Date;
}

/** A tenant, where it is served, and its users there. */
export interface TenantPeople {
  readonly tenant: TenantRecord;
  readonly deployment: DeploymentRecord;
  readonly users: ManagedUsers;
}

/** @throws NotFoundProblem when there is no such tenant or nobody serves it, ConflictProblem */
export async function tenantPeople(tenantId: string, deps: TenantPeopleDeps): Promise<TenantPeople> {
  const { table, open, now } = deps;
  const tenant = await readTenant(table, tenantId);
  const deployment = tenant && (await readDeployment(table, tenant.deploymentId));
  if (!tenant || !deployment) throw new NotFoundProblem(`there is no tenant "${tenantId}" with users`);
  return { tenant, deployment, users: usersAt(deployment, tenant, { open, now }) };
}

/** A tenant's users in a deployment. */
export function usersAt(
  deployment: DeploymentRecord,
  tenant: { readonly tenantId: string; readonly tier: string },
  { open, now }: Pick<TenantPeopleDeps, 'open' | 'now'>,
): ManagedUsers {
  const { rowsOf, accounts } = open(deployment);
  return managedUsers({ realm: tenantRealm(tenant), rows: rowsOf(tenant.tenantId), accounts, now });
}
