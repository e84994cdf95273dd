import * as z from 'zod';
import type { Route } from '../../route';
import { healthSchema } from '../../schemas/health';
import {
  registrationIdSchema,
  registrationInputSchema,
  registrationSchema,
} from '../../schemas/registration';

const registration = { plane: 'control', service: 'registration' } as const;

export const REGISTRATION_ROUTES = [
  {
    ...registration,
    operation: 'createRegistration',
    method: 'POST',
    path: '/registrations',
    access: 'public',
    summary: 'Sign up: ask for a tenant of a pooled tier.',
    body: registrationInputSchema,
    success: 202,
    response: registrationSchema,
  },
  {
    ...registration,
    operation: 'getRegistration',
    method: 'GET',
    path: '/registrations/{registrationId}',
    access: 'public',
    summary: 'Follow a sign-up, step by step. The id is the permission.',
    params: z.object({ registrationId: registrationIdSchema }),
    success: 200,
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
