import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { healthSchema } from '../../schemas/health';
import { pageQuerySchema, pageSchema } from '../../schemas/page';
import {
  operatorChangeSchema,
  operatorInputSchema,
  operatorSchema,
  userNameSchema,
} from '../../schemas/user';

const operator = { plane: 'control', service: 'operator' } as const;
const operatorParams = z.object({ userName: userNameSchema });

/** The people who run the platform. */
export const OPERATOR_ROUTES = [
  {
    ...operator,
    operation: 'listOperators',
    method: 'GET',
    path: '/operators',
    access: OPERATOR_ROLES,
    summary: 'List the operators, a page at a time.',
    query: pageQuerySchema,
    success: 200,
    response: pageSchema(operatorSchema),
  },
  {
    ...operator,
    operation: 'createOperator',
    method: 'POST',
    path: '/operators',
    access: ['SystemAdmin'],
    summary: 'Invite an operator by e-mail.',
    body: operatorInputSchema,
    success: 201,
    response: operatorSchema,
  },
  {
    ...operator,
    operation: 'getOperator',
    method: 'GET',
    path: '/operators/{userName}',
    access: OPERATOR_ROLES,
    summary: 'Read an operator.',
    params: operatorParams,
    success: 200,
    response: operatorSchema,
  },
  {
    ...operator,
    operation: 'updateOperator',
    method: 'PUT',
    path: '/operators/{userName}',
    access: ['SystemAdmin'],
    summary: 'Change the role of an operator, if it is still the version that the caller read.',
    params: operatorParams,
    body: operatorChangeSchema,
    ifMatch: true,
    success: 200,
    response: operatorSchema,
  },
  {
    ...operator,
    operation: 'deleteOperator',
    method: 'DELETE',
    path: '/operators/{userName}',
    access: ['SystemAdmin'],
    summary: 'Delete an operator; not the last enabled administrator.',
    params: operatorParams,
    success: 204,
  },
  {
    ...operator,
    operation: 'enableOperator',
    method: 'PUT',
    path: '/operators/{userName}/enable',
    access: ['SystemAdmin'],
    summary: 'Let an operator sign in again.',
    params: operatorParams,
    success: 200,
    response: operatorSchema,
  },
  {
    ...operator,
    operation: 'disableOperator',
    method: 'PUT',
    path: '/operators/{userName}/disable',
    access: ['SystemAdmin'],
    summary: 'Put an operator out; not the last enabled administrator.',
    params: operatorParams,
    success: 200,
    response: operatorSchema,
  },
  {
    ...operator,
    operation: 'readOperatorHealth',
    method: 'GET',
    path: '/health/operator',
    access: 'public',
    summary: 'Say whether the operator service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
