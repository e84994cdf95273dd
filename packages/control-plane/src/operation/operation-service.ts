import { NotFoundProblem, OPERATION_ROUTES } from '@granary/api';
import { type AuditPort, controlHandler, type ServiceHandler, type Telemetry } from '@granary/auth';
import {
  type CancelDependencies,
  cancelOperation,
  confirmOperation,
  retryOperation,
} from '../workflow/change-operation';
import { type OperationRecord, readOperation } from '../workflow/operation-record';
import { operationView } from '../workflow/operation-view';
import { listOperations } from './list-operations';

export interface OperationServiceOptions extends CancelDependencies {
  /** Where requests leave their lines. */
  readonly audit: AuditPort;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** What is done to tenants, behind its routes. */
export function operationService({
  telemetry,
  audit,
  ...dependencies
}: OperationServiceOptions): ServiceHandler {
  const { table } = dependencies;
  const known = async (operationId: string): Promise<OperationRecord> => {
    const operation = await readOperation(table, operationId);
    if (!operation) throw new NotFoundProblem(`there is no operation ${operationId}`);
    return operation;
  };
  return controlHandler({
    service: 'operation',
    routes: OPERATION_ROUTES,
    audit,
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listOperations: async ({ query }) => listOperations(query, table),
      getOperation: async ({ params }) => operationView(await known(params.operationId)),
      retryOperation: async ({ params: { operationId } }, { concerns }) => {
        concerns({ tenantId: (await known(operationId)).tenantId, subject: operationId });
        return operationView(await retryOperation(operationId, dependencies));
      },
      cancelOperation: async ({ params: { operationId } }, { concerns }) => {
        concerns({ tenantId: (await known(operationId)).tenantId, subject: operationId });
        return operationView(await cancelOperation(operationId, dependencies));
      },
      confirmOperation: async ({ params: { operationId } }, { concerns }) => {
        concerns({ tenantId: (await known(operationId)).tenantId, subject: operationId });
        return operationView(await confirmOperation(operationId, dependencies));
      },
      readOperationHealth: async () => ({ service: 'operation', status: 'ok' as const }),
    },
  });
}
