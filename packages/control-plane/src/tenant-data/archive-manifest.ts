import * as z from 'zod';
import { digestSchema } from './cursor';

export const archiveFileSchema = z.strictObject({
  /** Beside the manifest: `products-00000.ndjson.gz`. */
  name: z.string(),
  table: z.string(),
  rows: z.number().int().min(1),
  bytes: z.number().int().min(1),
  /** Of the file as it is stored, compressed. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ArchiveFile = z.output<typeof archiveFileSchema>;

/** `manifest.json` of an archive; `manifest.json.sig` beside it signs its bytes. */
export const archiveManifestSchema = digestSchema.extend({
  version: z.literal(1),
  tenantId: z.string(),
  deploymentId: z.string(),
  operationId: z.string(),
  exportedAt: z.iso.datetime(),
  tables: z.record(z.string(), digestSchema),
  files: z.array(archiveFileSchema),
  signature: z.strictObject({ keyId: z.string(), algorithm: z.string() }),
});
export type ArchiveManifest = z.output<typeof archiveManifestSchema>;

/** Which archive. */
export interface ArchiveName {
  readonly tenantId: string;
  readonly deploymentId: string;
  readonly operationId: string;
}

/** Keys of an archive's objects; all begin with the tenant. */
export function archiveKeys({ tenantId, deploymentId, operationId }: ArchiveName) {
  const folder = `exports/${tenantId}/${operationId}/${deploymentId}`;
  const name = (table: string, index: number) => `${table}-${String(index).padStart(5, '0')}.ndjson.gz`;
  return {
    name,
    file: (table: string, index: number) => `${folder}/${name(table, index)}`,
    named: (fileName: string) => `${folder}/${fileName}`,
    manifest: `${folder}/manifest.json`,
    signature: `${folder}/manifest.json.sig`,
  };
}

/** Key of a purge's receipt; its signature has the same with `.sig`. */
export function receiptKey({ tenantId, deploymentId, operationId }: ArchiveName): string {
  return `receipts/${tenantId}/${operationId}/${deploymentId}.json`;
}

/** Key of what an operation states at its end; its signature has the same with `.sig`. */
export function sealKey({ tenantId, operationId }: Omit<ArchiveName, 'deploymentId'>): string {
  return `receipts/${tenantId}/${operationId}/receipt.json`;
}
