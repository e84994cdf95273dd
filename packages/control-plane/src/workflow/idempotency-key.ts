import type { ControlTable, ItemKey, Write } from '../control-table/control-table';

/** How long the same key finds what it began, in seconds. */
const KEPT_SECONDS = 24 * 3600;

/** A caller's name for one request of one tenant. */
export interface IdempotencyKey {
  readonly tenantId: string;
  readonly idempotencyKey: string;
}

function keyOf({ tenantId, idempotencyKey }: IdempotencyKey): ItemKey {
  return { pk: `TENANT#${tenantId}`, sk: `IDEMPOTENCY#${idempotencyKey}` };
}

/** For the transaction that begins the operation. `at` is ISO 8601. */
export function storeIdempotencyKey(
  { operationId, ...key }: IdempotencyKey & { readonly operationId: string },
  at: string,
): Write {
  const expiresAt = Math.floor(Date.parse(at) / 1000) + KEPT_SECONDS;
  return { type: 'put', item: { ...keyOf(key), operationId, expiresAt }, expect: { kind: 'absent' } };
}

/** @returns the operation that was begun by the key */
export async function readIdempotencyKey(
  table: ControlTable,
  key: IdempotencyKey,
): Promise<string | undefined> {
  return (await table.get(keyOf(key)))?.operationId as string | undefined;
}
