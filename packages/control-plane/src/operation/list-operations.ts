import {
  InvalidRequestProblem,
  type Operation,
  type OperationKind,
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
  readonly kind?: OperationKind | undefined;
}

/**
 * Operations, the newest first. Status and kind are looked at page by page: a page may hold fewer than asked for, and none.
 * @throws InvalidRequestProblem when the token is none that this list gave
 */
export async function listOperations(
  { tenantId, status, kind, ...page }: OperationsQuery,
  table: ControlTable,
): Promise<Page<Operation>> {
  const wanted = (operation: OperationRecord) =>
    (status === undefined || operation.status === status) && (kind === undefined || operation.kind === kind);
  const { items, ...rest } =
    tenantId === undefined
      ? await readPage(table, OPERATION_LISTING, page, wanted)
      : await operationsOf(tenantId, page, table);
  return { items: items.filter(wanted).map(operationView), ...rest };
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
