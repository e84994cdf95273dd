import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { billingPeriodSchema, billingPlansSchema, invoiceSchema } from '../../schemas/billing';
import { monthSchema } from '../../schemas/cost';
import { healthSchema } from '../../schemas/health';
import { tenantIdSchema } from '../../tenant-id';

const billing = { plane: 'control', service: 'billing' } as const;

export const BILLING_ROUTES = [
  {
    ...billing,
    operation: 'listPlans',
    method: 'GET',
    path: '/billing/plans',
    access: 'public',
    summary: 'List the plans, what each allows and what it costs.',
    success: 200,
    response: billingPlansSchema,
  },
  {
    ...billing,
    operation: 'listInvoices',
    method: 'GET',
    path: '/tenants/{tenantId}/invoices',
    access: OPERATOR_ROLES,
    summary: 'List the invoices of a tenant, the newest first, 100 at most.',
    params: z.object({ tenantId: tenantIdSchema }),
    success: 200,
    response: z.object({ items: z.array(invoiceSchema) }),
  },
  {
    ...billing,
    operation: 'closePeriod',
    method: 'POST',
    path: '/billing/periods/{month}/close',
    access: ['SystemAdmin'],
    summary:
      'Close a month that is over: every tenant gets its invoice, once. Send it again until it is closed.',
    params: z.object({ month: monthSchema }),
    success: 200,
    response: billingPeriodSchema,
  },
  {
    ...billing,
    operation: 'readBillingHealth',
    method: 'GET',
    path: '/health/billing',
    access: 'public',
    summary: 'Say whether the billing service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
