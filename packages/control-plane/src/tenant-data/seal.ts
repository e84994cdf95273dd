import { sealKey } from './archive-manifest';
import type { ArchiveStore, Signer } from './archive-store';
import { TenantDataMismatchError } from './tenant-data-error';

/** A statement as it is kept: with the key's public half anyone can tell that it is ours. */
export interface Sealed {
  readonly key: string;
  /** JSON, the bytes that are signed. */
  readonly text: string;
  /** Base64. */
  readonly signature: string;
  readonly keyId: string;
  readonly algorithm: string;
}

/** Signs and keeps the statement of an operation; one that is kept already stays. @throws TenantDataMismatchError */
export async function sealStatement(
  { store, signer }: { readonly store: ArchiveStore; readonly signer: Signer },
  name: { readonly tenantId: string; readonly operationId: string },
  statement: object,
): Promise<Sealed> {
  const key = sealKey(name);
  if (!(await store.facts(`${key}.sig`))) {
    const text = Buffer.from(`${JSON.stringify(statement, undefined, 2)}\n`);
    await store.put(key, text, { contentType: 'application/json' });
    // Last: a statement counts once it is signed.
    await store.put(`${key}.sig`, await signer.sign(text), { contentType: 'application/octet-stream' });
  }
  const [text, signature] = await Promise.all([store.get(key), store.get(`${key}.sig`)]);
  if (!(await signer.verify(text, signature)))
    throw new TenantDataMismatchError(`the signature of "${key}" does not hold`);
  const { keyId, algorithm } = signer;
  const base64 = Buffer.from(signature).toString('base64');
  return { key, text: Buffer.from(text).toString('utf8'), signature: base64, keyId, algorithm };
}
