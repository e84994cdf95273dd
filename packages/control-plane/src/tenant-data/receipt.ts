import * as z from 'zod';
import { type ArchiveName, receiptKey } from './archive-manifest';
import type { ArchiveStore, Signer } from './archive-store';
import { digestSchema } from './cursor';
import type { Purged } from './purge';
import { surveySchema } from './purge';
import { TenantDataMismatchError } from './tenant-data-error';

/** What is left of a tenant's rows: what they were, and that they were read back as gone. */
export const receiptSchema = digestSchema.extend({
  version: z.literal(1),
  tenantId: z.string(),
  deploymentId: z.string(),
  operationId: z.string(),
  purgedAt: z.iso.datetime(),
  tables: surveySchema,
  signature: z.strictObject({ keyId: z.string(), algorithm: z.string() }),
});
export type Receipt = z.output<typeof receiptSchema>;

/** Writes the receipt of a purge; one that is there already stays. @returns its key, and when the rows were gone */
export async function writeReceipt(
  { store, signer }: { readonly store: ArchiveStore; readonly signer: Signer },
  name: ArchiveName,
  purged: Purged,
  purgedAt: Date,
): Promise<{ readonly receiptKey: string; readonly purgedAt: string }> {
  const key = receiptKey(name);
  if (await store.facts(`${key}.sig`)) {
    const known = await readReceipt({ store, signer }, name);
    return { receiptKey: key, purgedAt: known.purgedAt };
  }
  const { tenantId, deploymentId, operationId } = name;
  const receipt: Receipt = {
    version: 1,
    tenantId,
    deploymentId,
    operationId,
    purgedAt: purgedAt.toISOString(),
    ...purged,
    signature: { keyId: signer.keyId, algorithm: signer.algorithm },
  };
  const text = Buffer.from(`${JSON.stringify(receipt, undefined, 2)}\n`);
  await store.put(key, text, { contentType: 'application/json' });
  // Last: a receipt counts once it is signed.
  await store.put(`${key}.sig`, await signer.sign(text), { contentType: 'application/octet-stream' });
  return { receiptKey: key, purgedAt: receipt.purgedAt };
}

/** @throws TenantDataMismatchError when there is none, or its signature does not hold */
export async function readReceipt(
  { store, signer }: { readonly store: ArchiveStore; readonly signer: Signer },
  name: ArchiveName,
): Promise<Receipt> {
  const key = receiptKey(name);
  const [text, signature] = await Promise.all([store.get(key), store.get(`${key}.sig`)]);
  if (!(await signer.verify(text, signature)))
    throw new TenantDataMismatchError(`the signature of "${key}" does not hold`);
  return receiptSchema.parse(JSON.parse(Buffer.from(text).toString('utf8')));
}
