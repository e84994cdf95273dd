import * as api from '@granary/api';
import { NotFoundProblem, TENANT_ROUTES, type Tenant, type TenantConfig } from '@granary/api';
import { controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import type { ControlTable } from '../control-table/control-table';
import { readPage } from '../control-table/page';
import { DEPLOYMENT_LISTING } from '../deployment/deployment-record';
import { deploymentFilter, tenantFilter } from './list-filter';
import { tenantConfig } from './tenant-config';
import { readTenant, TENANT_LISTING, tenantView } from './tenant-record';

export interface TenantServiceOptions {
  readonly table: ControlTable;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** Made when it is first asked for: no other request waits for it. */
let openApi: api.OpenApiDocument | undefined;

function document(): api.OpenApiDocument {
  openApi ??= api.openApiDocument({ plane: 'control', routes: api.CONTROL_ROUTES, named: api });
  return openApi;
}

/** The tenant service behind its routes. */
export function tenantService({ table, telemetry }: TenantServiceOptions): ServiceHandler {
  return controlHandler({
    service: 'tenant',
    routes: TENANT_ROUTES,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listTenants: async ({ query }) => readPage(table, TENANT_LISTING, query, tenantFilter(query)),
      getTenant: async ({ params }) => getTenant(table, params.tenantId),
      listDeployments: async ({ query }) =>
        readPage(table, DEPLOYMENT_LISTING, query, deploymentFilter(query)),
      readOpenApi: async () => document(),
      getTenantConfig: async ({ params }) => getTenantConfig(table, params.tenantName),
      readTenantHealth: async () => ({ service: 'tenant', status: 'ok' as const }),
    },
  });
}

async function getTenant(table: ControlTable, tenantId: string): Promise<Tenant> {
  const tenant = await readTenant(table, tenantId);
  if (!tenant) throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
  return tenantView(tenant);
}

async function getTenantConfig(table: ControlTable, tenantName: string): Promise<TenantConfig> {
  const config = await tenantConfig(table, tenantName);
  if (!config) throw new NotFoundProblem(`there is no tenant "${tenantName}"`);
  return config;
}
