import * as z from 'zod';
import type { Route } from '../route';
import { healthSchema } from '../schemas/health';
import { pageQuerySchema, pageSchema } from '../schemas/page';
import { userChangeSchema, userInputSchema, userNameSchema, userSchema } from '../schemas/user';

const user = { plane: 'application', service: 'user' } as const;
const userParams = z.object({ userName: userNameSchema });

/** A tenant's administrators on its people. */
export const USER_ROUTES = [
  {
    ...user,
    operation: 'listUsers',
    method: 'GET',
    path: '/users',
    access: ['TenantAdmin'],
    summary: "List the tenant's users, a page at a time.",
    query: pageQuerySchema,
    success: 200,
    response: pageSchema(userSchema),
  },
  {
    ...user,
    operation: 'createUser',
    method: 'POST',
    path: '/users',
    access: ['TenantAdmin'],
    summary: 'Invite a user of the tenant by e-mail.',
    body: userInputSchema,
    success: 201,
    response: userSchema,
  },
  {
    ...user,
    operation: 'getUser',
    method: 'GET',
    path: '/users/{userName}',
    access: ['TenantAdmin'],
    summary: 'Read a user of the tenant.',
    params: userParams,
    success: 200,
    response: userSchema,
  },
  {
    ...user,
    operation: 'updateUser',
    method: 'PUT',
    path: '/users/{userName}',
    access: ['TenantAdmin'],
    summary: 'Change the role of a user of the tenant, if it is still the version that the caller read.',
    params: userParams,
    body: userChangeSchema,
    ifMatch: true,
    success: 200,
    response: userSchema,
  },
  {
    ...user,
    operation: 'deleteUser',
    method: 'DELETE',
    path: '/users/{userName}',
    access: ['TenantAdmin'],
    summary: 'Delete a user of the tenant; not the last enabled administrator.',
    params: userParams,
    success: 204,
  },
  {
    ...user,
    operation: 'enableUser',
    method: 'PUT',
    path: '/users/{userName}/enable',
    access: ['TenantAdmin'],
    summary: 'Let a user of the tenant sign in again.',
    params: userParams,
    success: 200,
    response: userSchema,
  },
  {
    ...user,
    operation: 'disableUser',
    method: 'PUT',
    path: '/users/{userName}/disable',
    access: ['TenantAdmin'],
    summary: 'Put a user of the tenant out; not the last enabled administrator.',
    params: userParams,
    success: 200,
    response: userSchema,
  },
  {
    ...user,
    operation: 'readUserHealth',
    method: 'GET',
    path: '/health/user',
    access: 'public',
    summary: 'Say whether the user service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
