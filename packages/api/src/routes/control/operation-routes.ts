import * as z from 'zod';
import { OPERATOR_ROLES } from '../../role';
import type { Route } from '../../route';
import { healthSchema } from '../../schemas/health';
import {
  operationIdSchema,
  operationKindSchema,
  operationSchema,
  operationStatusSchema,
} from '../../schemas/operation';
import { pageQuerySchema, pageSchema } from '../../schemas/page';
import { tenantIdSchema } from '../../tenant-id';

const operation = { plane: 'control', service: 'operation' } as const;

const params = z.object({ operationId: operationIdSchema });

export const OPERATION_ROUTES = [
  {
    ...operation,
    operation: 'listOperations',
    method: 'GET',
    path: '/operations',
    access: OPERATOR_ROLES,
    summary:
      'List the operations, the newest first: of one tenant, of one status, of one kind, or all. A filtered page may be short.',
    query: pageQuerySchema.extend({
      tenantId: tenantIdSchema.optional(),
      status: operationStatusSchema.optional(),
      kind: operationKindSchema.optional(),
    }),
    success: 200,
    response: pageSchema(operationSchema),
  },
  {
    ...operation,
    operation: 'getOperation',
    method: 'GET',
    path: '/operations/{operationId}',
    access: OPERATOR_ROLES,
    summary: 'Follow an operation, step by step.',
    params,
    success: 200,
    response: operationSchema,
  },
  {
    ...operation,
    operation: 'retryOperation',
    method: 'POST',
    path: '/operations/{operationId}/retry',
    access: ['SystemAdmin'],
    summary: 'Let a failed operation go on at the step that failed.',
    params,
    success: 202,
    response: operationSchema,
  },
  {
    ...operation,
    operation: 'cancelOperation',
    method: 'POST',
    path: '/operations/{operationId}/cancel',
    access: ['SystemAdmin'],
    summary:
      'Undo what an operation did, the last step first: a failed one, or a move or an offboarding on its way.',
    params,
    success: 202,
    response: operationSchema,
  },
  {
    ...operation,
    operation: 'confirmOperation',
    method: 'POST',
    path: '/operations/{operationId}/confirm',
    access: ['SystemAdmin'],
    summary: 'Let a move remove its source, or an offboarding the data, before the time for it has come.',
    params,
    success: 202,
    response: operationSchema,
  },
  {
    ...operation,
    operation: 'readOperationHealth',
    method: 'GET',
    path: '/health/operation',
    access: 'public',
    summary: 'Say whether the operation service runs.',
    success: 200,
    response: healthSchema,
  },
] as const satisfies readonly Route[];
