import { BILLING_ROUTES, NotFoundProblem } from '@granary/api';
import { controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import { auditRequests } from '../audit/audit-requests';
import type { ControlTable } from '../control-table/control-table';
import { readTenant } from '../tenant/tenant-record';
import { listPlans, type Plans } from './billing-plans';
import { closePeriod } from './close-period';
import { readCustomer } from './customer';
import type { OpenBilling } from './open-billing';

/** How long one request closes customers, in milliseconds: the gateway waits 29 seconds. */
const CLOSE_FOR = 15_000;

export interface BillingServiceOptions {
  readonly table: ControlTable;
  readonly plans: Plans;
  readonly billing: OpenBilling;
  readonly now: () => Date;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The billing service behind its routes. */
export function billingService({
  table,
  plans,
  billing,
  now,
  telemetry,
}: BillingServiceOptions): ServiceHandler {
  return controlHandler({
    service: 'billing',
    routes: BILLING_ROUTES,
    audit: auditRequests(table),
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listPlans: async () => ({ plans: listPlans(plans) }),
      listInvoices: async ({ params: { tenantId } }) => {
        const customer = await readCustomer(table, tenantId);
        if (customer) return { items: await (await billing()).invoices(customer) };
        if (await readTenant(table, tenantId)) return { items: [] };
        throw new NotFoundProblem(`there is no tenant "${tenantId}"`);
      },
      closePeriod: async ({ params: { month } }, { concerns }) => {
        concerns({ subject: month });
        const deadline = new Date(now().getTime() + CLOSE_FOR);
        return closePeriod(month, { table, provider: await billing(), now, deadline });
      },
      readBillingHealth: async () => ({ service: 'billing', status: 'ok' as const }),
    },
  });
}
