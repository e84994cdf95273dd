import { METERING_ROUTES, NotFoundProblem } from '@granary/api';
import { controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import { auditRequests } from '../audit/audit-requests';
import type { ControlTable } from '../control-table/control-table';
import { apportion } from '../cost/apportion';
import type { PriceList } from '../cost/price-list';
import { readTenant } from '../tenant/tenant-record';
import { createMeter, listMeters } from './meter-registry';
import { meterUsage, tenantUsage } from './read-usage';
import { readAllOfMonth, readMonth } from './usage-counter';

export interface MeteringServiceOptions {
  readonly table: ControlTable;
  readonly prices: PriceList;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The metering service behind its routes: what was used, and what it cost. */
export function meteringService({ table, prices, telemetry }: MeteringServiceOptions): ServiceHandler {
  // A tenant that left keeps its usage: its id is known by what it used.
  const known = async <Answer>(tenantId: string, used: boolean, answer: Answer): Promise<Answer> => {
    if (used || (await readTenant(table, tenantId))) return answer;
    throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
  };
  return controlHandler({
    service: 'metering',
    routes: METERING_ROUTES,
    audit: auditRequests(table),
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listMeters: async () => ({ items: await listMeters(table) }),
      createMeter: async ({ body }, { concerns }) => {
        concerns({ subject: body.meterId });
        return createMeter(table, body);
      },
      getMeterUsage: async ({ params, query }) => meterUsage(table, params.meterId, query),
      getTenantUsage: async ({ params: { tenantId }, query }) => {
        const usage = await tenantUsage(table, tenantId, query);
        return known(tenantId, usage.meters.length > 0, usage);
      },
      getTenantCost: async ({ params: { tenantId }, query: { month } }) => {
        const counters = await readMonth(table, tenantId, month);
        const [cost] = apportion(month, counters, prices).tenants;
        return known(tenantId, cost !== undefined, {
          usd: '0.000000000',
          lines: [],
          ...cost,
          tenantId,
          month,
        });
      },
      getCosts: async ({ query: { month } }) => apportion(month, await readAllOfMonth(table, month), prices),
      readMeteringHealth: async () => ({ service: 'metering', status: 'ok' as const }),
    },
  });
}
