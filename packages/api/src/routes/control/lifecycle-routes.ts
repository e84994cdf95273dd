import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { healthSchema } from '../../schemas/health';
import {
  lifecycleQuerySchema,
  offboardingOrderSchema,
  receiptSchema,
  tierChangeSchema,
} from '../../schemas/lifecycle';
import { operationSchema } from '../../schemas/operation';
import { tenantIdSchema } from '../../tenant-id';

const lifecycle = { plane: 'control', service: 'lifecycle' } as const;

const params = z.object({ tenantId: tenantIdSchema });

/** What every change of a tenant's life has in common: it goes on behind the answer. */
const change = {
  ...lifecycle,
  access: ['SystemAdmin'],
  params,
  query: lifecycleQuerySchema,
  success: 202,
  response: operationSchema,
} as const;

export const LIFECYCLE_ROUTES = [
  {
    ...change,
    operation: 'activateTenant',
    method: 'POST',
    path: '/tenants/{tenantId}/activate',
    summary: 'Let an inactive tenant in again.',
  },
  {
    ...change,
    operation: 'deactivateTenant',
    method: 'POST',
    path: '/tenants/{tenantId}/deactivate',
    summary: 'Let a tenant out within the stated bound; its rows, users and place stay.',
  },
  {
    ...change,
    operation: 'changeTier',
    method: 'PUT',
    path: '/tenants/{tenantId}/tier',
    summary:
      'Give a tenant another tier: one of its pool at once, one of the other model by a move of its data, whose source is kept until it is confirmed.',
    body: tierChangeSchema,
  },
  {
    ...change,
    operation: 'offboardTenant',
    method: 'DELETE',
    path: '/tenants/{tenantId}',
    summary: 'Take a tenant out for good: a signed export, the time that it is kept, a purge, a receipt.',
    body: offboardingOrderSchema,
  },
  {
    ...lifecycle,
    operation: 'getReceipt',
    method: 'GET',
    path: '/tenants/{tenantId}/receipt',
    access: OPERATOR_ROLES,
    summary: 'Read what was removed of an offboarded tenant, signed.',
    params,
    success: 200,
    response: receiptSchema,
  },
  {
    ...lifecycle,
    operation: 'readLifecycleHealth',
    method: 'GET',
    path: '/health/lifecycle',
    access: 'public',
    summary: 'Say whether the lifecycle service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
