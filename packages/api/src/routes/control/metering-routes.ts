import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { costsSchema, monthQuerySchema, tenantCostSchema } from '../../schemas/cost';
import { healthSchema } from '../../schemas/health';
import { meterIdSchema, meterInputSchema, meterSchema } from '../../schemas/meter';
import {
  meterUsageSchema,
  tenantUsageQuerySchema,
  tenantUsageSchema,
  usageSpanSchema,
} from '../../schemas/metered-usage';
import { tenantIdSchema } from '../../tenant-id';

const metering = { plane: 'control', service: 'metering' } as const;

const tenantParams = z.object({ tenantId: tenantIdSchema });

export const METERING_ROUTES = [
  {
    ...metering,
    operation: 'listMeters',
    method: 'GET',
    path: '/meters',
    access: OPERATOR_ROLES,
    summary: 'List what is metered: the meters of the platform, and those that operators added.',
    success: 200,
    response: z.object({ items: z.array(meterSchema) }),
  },
  {
    ...metering,
    operation: 'createMeter',
    method: 'POST',
    path: '/meters',
    access: ['SystemAdmin'],
    summary: 'Add a meter for what your services record.',
    body: meterInputSchema,
    success: 201,
    response: meterSchema,
  },
  {
    ...metering,
    operation: 'getMeterUsage',
    method: 'GET',
    path: '/usage/{meterId}',
    access: OPERATOR_ROLES,
    summary: 'Read one meter over all tenants, for some days.',
    params: z.object({ meterId: meterIdSchema }),
    query: usageSpanSchema,
    success: 200,
    response: meterUsageSchema,
  },
  {
    ...metering,
    operation: 'getTenantUsage',
    method: 'GET',
    path: '/tenants/{tenantId}/usage',
    access: OPERATOR_ROLES,
    summary: 'Read all meters of one tenant, by hour, day or month.',
    params: tenantParams,
    query: tenantUsageQuerySchema,
    success: 200,
    response: tenantUsageSchema,
  },
  {
    ...metering,
    operation: 'getTenantCost',
    method: 'GET',
    path: '/tenants/{tenantId}/cost',
    access: OPERATOR_ROLES,
    summary: "Say what a tenant's use cost in a month.",
    params: tenantParams,
    query: monthQuerySchema,
    success: 200,
    response: tenantCostSchema,
  },
  {
    ...metering,
    operation: 'getCosts',
    method: 'GET',
    path: '/costs',
    access: OPERATOR_ROLES,
    summary: 'Apportion the cost of a month to the tenants; what nobody used is shown apart.',
    query: monthQuerySchema,
    success: 200,
    response: costsSchema,
  },
  {
    ...metering,
    operation: 'readMeteringHealth',
    method: 'GET',
    path: '/health/metering',
    access: 'public',
    summary: 'Say whether the metering service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
