import { NotFoundProblem, TENANT_ROUTES, type Tenant, type TenantConfig } from '@granary/api';
import { controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import type { ControlTable } from '../control-table/control-table';
import { readPage } from '../control-table/page';
import { DEPLOYMENT_LISTING, readDeployment } from '../deployment/deployment-record';
import { readTenant, TENANT_LISTING, tenantView } from './tenant-record';

/** How long clients may keep where a tenant is, in seconds. */
const CONFIG_MAX_AGE = 60;

export interface TenantServiceOptions {
  readonly table: ControlTable;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The tenant service behind its routes. */
export function tenantService({ table, telemetry }: TenantServiceOptions): ServiceHandler {
  const serve = controlHandler({
    service: 'tenant',
    routes: TENANT_ROUTES,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listTenants: async ({ query }) => readPage(table, TENANT_LISTING, query),
      getTenant: async ({ params }) => getTenant(table, params.tenantId),
      listDeployments: async ({ query }) => readPage(table, DEPLOYMENT_LISTING, query),
      getTenantConfig: async ({ params }) => getTenantConfig(table, params.tenantName),
      readTenantHealth: async () => ({ service: 'tenant', status: 'ok' as const }),
    },
  });
  return async (event, context) => {
    const response = await serve(event, context);
    // The one answer that is the same for all and read before every sign-in.
    if (event.resource !== '/tenant-config/{tenantName}' || response.statusCode !== 200) return response;
    return {
      ...response,
      headers: { ...response.headers, 'Cache-Control': `public, max-age=${CONFIG_MAX_AGE}` },
    };
  };
}

async function getTenant(table: ControlTable, tenantId: string): Promise<Tenant> {
  const tenant = await readTenant(table, tenantId);
  if (!tenant) throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
  return tenantView(tenant);
}

/** Of active tenants only: to the public, any other is not there. */
async function getTenantConfig(table: ControlTable, tenantName: string): Promise<TenantConfig> {
  const tenant = await readTenant(table, tenantName);
  const deployment =
    tenant?.status === 'active' ? await readDeployment(table, tenant.deploymentId) : undefined;
  if (!tenant || !deployment) throw new NotFoundProblem(`there is no tenant "${tenantName}"`);
  const { region, apiUrl, userPoolId, userPoolClientId } = deployment;
  return { tenantId: tenant.tenantId, name: tenant.name, region, apiUrl, userPoolId, userPoolClientId };
}
