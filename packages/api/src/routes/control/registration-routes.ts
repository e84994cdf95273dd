import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { healthSchema } from '../../schemas/health';
import { pageSchema } from '../../schemas/page';
import {
  approvalSchema,
  registrationEntrySchema,
  registrationIdSchema,
  registrationInputSchema,
  registrationQuerySchema,
  registrationSchema,
  rejectionSchema,
  tenantInputSchema,
} from '../../schemas/registration';

const registration = { plane: 'control', service: 'registration' } as const;

const params = z.object({ registrationId: registrationIdSchema });

export const REGISTRATION_ROUTES = [
  {
    ...registration,
    operation: 'createRegistration',
    method: 'POST',
    path: '/registrations',
    access: 'public',
    summary: 'Sign up: ask for a tenant. One of a dedicated tier waits for the approval of an operator.',
    body: registrationInputSchema,
    success: 202,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'listRegistrations',
    method: 'GET',
    path: '/registrations',
    access: OPERATOR_ROLES,
    summary: 'List the registrations, a page at a time: of one status, or all by status.',
    query: registrationQuerySchema,
    success: 200,
    response: pageSchema(registrationEntrySchema),
  },
  {
    ...registration,
    operation: 'getRegistration',
    method: 'GET',
    path: '/registrations/{registrationId}',
    access: 'public',
    summary: 'Follow a registration, step by step. The id is the permission.',
    params,
    success: 200,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'retryRegistration',
    method: 'POST',
    path: '/registrations/{registrationId}/retry',
    access: 'public',
    summary: 'Let a failed registration go on at the step that failed. The id is the permission.',
    params,
    success: 202,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'approveRegistration',
    method: 'POST',
    path: '/registrations/{registrationId}/approve',
    access: ['SystemAdmin'],
    summary: 'Approve a registration for a dedicated tier: its onboarding begins.',
    params,
    body: approvalSchema,
    success: 202,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'rejectRegistration',
    method: 'POST',
    path: '/registrations/{registrationId}/reject',
    access: ['SystemAdmin'],
    summary: 'Turn down a registration for a dedicated tier, with the reason for the buyer.',
    params,
    body: rejectionSchema,
    success: 200,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'createTenant',
    method: 'POST',
    path: '/tenants',
    access: ['SystemAdmin'],
    summary: 'Register a tenant of any tier, dedicated ones included.',
    body: tenantInputSchema,
    success: 202,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'readRegistrationHealth',
    method: 'GET',
    path: '/health/registration',
    access: 'public',
    summary: 'Say whether the registration service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
