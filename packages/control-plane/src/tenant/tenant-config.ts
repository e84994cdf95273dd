import { type TenantConfig, tenantConfigSchema } from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { readDeployment } from '../deployment/deployment-record';
import { readTenant } from './tenant-record';

/**
 * Where a tenant is, for anybody.
 *
 * @returns undefined for any but an active tenant: to the public, it is not there
 */
export async function tenantConfig(
  table: ControlTable,
  tenantName: string,
): Promise<TenantConfig | undefined> {
  const tenant = await readTenant(table, tenantName);
  const deployment =
    tenant?.status === 'active' ? await readDeployment(table, tenant.deploymentId) : undefined;
  if (!tenant || !deployment) return undefined;
  const { region, apiUrl, userPoolId, userPoolClientId } = deployment;
  const { tenantId, name } = tenant;
  return tenantConfigSchema.parse({ tenantId, name, region, apiUrl, userPoolId, userPoolClientId });
}
