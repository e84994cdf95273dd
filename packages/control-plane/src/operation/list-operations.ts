import {
  InvalidRequestProblem,
  type Operation,
  type OperationStatus,
  operationIdSchema,
  type Page,
  type PageQuery,
} from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { readPage } from '../control-table/page';
import {
  OPERATION_LISTING,
  type OperationRecord,
  readOperation,
  tenantOperations,
} from '../workflow/operation-record';
import { operationView } from '../workflow/operation-view';

export interface OperationsQuery extends PageQuery {
  readonly tenantId?: string | undefined;
  readonly status?: OperationStatus | undefined;
}

/**
 * Operations, the newest first. The status is looked at page by page: a page may hold fewer than asked for, and none.
 * @throws InvalidRequestProblem when the token is none that this list gave
 */
export async function listOperations(
  { tenantId, status, ...page }: OperationsQuery,
  table: ControlTable,
): Promise<Page<Operation>> {
  const { items, ...rest } =
    tenantId === undefined
      ? await readPage(table, OPERATION_LISTING, page)
      : await operationsOf(tenantId, page, table);
  const wanted = items.filter((operation) => status === undefined || operation.status === status);
  return { items: wanted.map(operationView), ...rest };
}

async function operationsOf(
  tenantId: string,
  { limit, nextToken }: PageQuery,
  table: ControlTable,
): Promise<Page<OperationRecord>> {
  if (nextToken !== undefined && !operationIdSchema.safeParse(nextToken).success)
    throw new InvalidRequestProblem([
      { in: 'query', pointer: 'nextToken', message: 'must be the nextToken of the last answer of this list' },
    ]);
  const { items, more } = await table.query({
    pk: tenantOperations(tenantId),
    descending: true,
    limit,
    ...(nextToken === undefined ? {} : { after: nextToken }),
  });
  const operations = await Promise.all(items.map(({ sk }) => readOperation(table, sk)));
  const last = items.at(-1)?.sk;
  return {
    items: operations.filter((operation) => operation !== undefined),
    ...(more && last !== undefined ? { nextToken: last } : {}),
  };
}
