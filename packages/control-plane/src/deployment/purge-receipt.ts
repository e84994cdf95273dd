import * as z from 'zod';
import type { ControlTable, ItemKey, Write } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';

/** Proof that a tenant's data is gone: written by its offboarding, read before its stack is deleted. */
export const purgeReceiptSchema = z.object({
  tenantId: z.string(),
  receiptId: z.string(),
  purgedAt: z.iso.datetime(),
});
export type PurgeReceipt = z.output<typeof purgeReceiptSchema>;

export function purgeReceiptKey(tenantId: string): ItemKey {
  return { pk: `RECEIPT#${tenantId}`, sk: 'RECEIPT' };
}

export const purgeReceiptCodec = recordCodec(purgeReceiptSchema, ({ tenantId }) => purgeReceiptKey(tenantId));

/** Lets a silo's stack go: nothing of the tenant is in it any more. */
export function storePurgeReceipt(receipt: PurgeReceipt): Write {
  return { type: 'put', item: purgeReceiptCodec.encode(receipt), expect: { kind: 'any' } };
}

/** What the release engine is told of a silo that is to go away. */
export interface PurgeStatus {
  readonly deploymentId: string;
  /** @default the tenant's data has not been purged */
  readonly receipt?: Omit<PurgeReceipt, 'tenantId'>;
}

/** Whether a silo's tenant has been purged. */
export async function checkPurge(
  deploymentId: string,
  table: Pick<ControlTable, 'get'>,
): Promise<PurgeStatus> {
  const item = await table.get(purgeReceiptKey(deploymentId));
  if (!item) return { deploymentId };
  const { receiptId, purgedAt } = purgeReceiptCodec.decode(item);
  return { deploymentId, receipt: { receiptId, purgedAt } };
}
