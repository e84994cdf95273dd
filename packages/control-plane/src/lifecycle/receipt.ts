import { NotFoundProblem, type Receipt } from '@granary/api';
import * as z from 'zod';
import type { ControlTable, Write } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';
import { purgeReceiptKey, storePurgeReceipt } from '../deployment/purge-receipt';
import type { Sealed } from '../tenant-data/seal';

const sealedSchema = z.object({
  key: z.string(),
  text: z.string(),
  signature: z.string(),
  keyId: z.string(),
  algorithm: z.string(),
});
const keptSchema = z.object({ tenantId: z.string(), receiptId: z.string(), sealed: sealedSchema });
const keyOf = (tenantId: string) => ({ pk: purgeReceiptKey(tenantId).pk, sk: 'SEALED' });
const keptCodec = recordCodec(keptSchema, ({ tenantId }) => keyOf(tenantId));
const statementSchema = z.looseObject({ purgedAt: z.iso.datetime() });

export interface NewReceipt {
  readonly tenantId: string;
  readonly receiptId: string;
  readonly sealed: Sealed;
}

/** What the release engine asks for before it deletes a stack, and what people read. */
export function storeReceipt({ tenantId, receiptId, sealed }: NewReceipt): readonly Write[] {
  const { purgedAt } = statementSchema.parse(JSON.parse(sealed.text));
  const expect = { kind: 'any' } as const;
  return [
    storePurgeReceipt({ tenantId, receiptId, purgedAt }),
    { type: 'put', item: keptCodec.encode({ tenantId, receiptId, sealed }), expect },
  ];
}

/** @throws NotFoundProblem */
export async function readReceipt(table: ControlTable, tenantId: string): Promise<Receipt> {
  const item = await table.get(keyOf(tenantId));
  if (!item) throw new NotFoundProblem(`tenant "${tenantId}" has no receipt: it was never purged`);
  const { receiptId, sealed } = keptCodec.decode(item);
  const { purgedAt } = statementSchema.parse(JSON.parse(sealed.text));
  const { text, signature, keyId, algorithm } = sealed;
  return { tenantId, receiptId, purgedAt, statement: text, signature, keyId, algorithm };
}
