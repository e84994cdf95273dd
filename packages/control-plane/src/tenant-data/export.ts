import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import * as z from 'zod';
import {
  type ArchiveFile,
  type ArchiveManifest,
  archiveKeys,
  archiveManifestSchema,
} from './archive-manifest';
import type { ArchiveStore, Signer } from './archive-store';
import { digestOfTable, tablesFrom, walkCursorSchema } from './cursor';
import { DigestSum, digestOfAll, type RowsDigest } from './digest';
import { rowHash } from './row';
import { rowLine } from './row-line';
import { walkRows } from './row-walk';
import { TransientTenantDataError } from './tenant-data-error';
import type { TenantRows, TenantTables } from './tenant-rows';
import type { Slice, WorkTime } from './work-time';

const zip = promisify(gzip);

/** Rows of one file, and characters of them. By the rows alone, so that a slice that runs again writes the same files. */
const FILE_ROWS = 10_000;
const FILE_CHARACTERS = 16 * 1024 * 1024;

export const exportCursorSchema = walkCursorSchema.extend({
  /** Files that are written, by table. */
  files: z.record(z.string(), z.number().int().min(0)),
});
export type ExportCursor = z.output<typeof exportCursorSchema>;

export interface Exported extends RowsDigest {
  readonly bucket: string;
  readonly manifestKey: string;
  readonly signatureKey: string;
  readonly files: number;
}

export interface ExportOptions {
  readonly tenantId: string;
  readonly deploymentId: string;
  readonly operationId: string;
  readonly tables: TenantTables;
  readonly store: ArchiveStore;
  readonly signer: Signer;
  readonly cursor: ExportCursor | undefined;
  readonly time: WorkTime;
  readonly now: () => Date;
  /** @default 10,000 */
  readonly fileRows?: number;
}

/** Writes a tenant's rows to an archive: files of lines, a manifest that lists them with their hashes, its signature. */
export async function exportRows(options: ExportOptions): Promise<Slice<Exported, ExportCursor>> {
  const { tables, cursor, time } = options;
  const digests: Record<string, RowsDigest> = { ...cursor?.digests };
  const files: Record<string, number> = { ...cursor?.files };
  for (const table of tablesFrom(tables.keys(), cursor)) {
    let after = table === cursor?.table ? cursor.after : undefined;
    const sum = new DigestSum(digestOfTable(cursor, table));
    let count = files[table] ?? 0;
    for await (const rows of chunks(tables.get(table) as TenantRows, after, options.fileRows ?? FILE_ROWS)) {
      await writeFile(options, table, count, rows);
      for (const { hash, sortKey } of rows) {
        sum.add(hash);
        after = sortKey;
      }
      count += 1;
      [digests[table], files[table]] = [sum.value, count];
      if (time.over()) return { done: false, cursor: { table, digests, files, ...(after ? { after } : {}) } };
    }
    [digests[table], files[table]] = [sum.value, count];
  }
  return { done: true, result: await finish(options, digests, files) };
}

interface ExportedRow {
  readonly sortKey: string;
  readonly hash: string;
  readonly line: string;
}

async function* chunks(
  table: TenantRows,
  after: string | undefined,
  size: number,
): AsyncGenerator<readonly ExportedRow[]> {
  let chunk: ExportedRow[] = [];
  let characters = 0;
  let last = after;
  for await (const { row, sortKey } of walkRows(table, after)) {
    if (sortKey === last) continue;
    last = sortKey;
    if (chunk.length >= size || characters >= FILE_CHARACTERS) {
      yield chunk;
      [chunk, characters] = [[], 0];
    }
    const line = rowLine(row);
    characters += line.length;
    chunk.push({ sortKey, hash: rowHash(row), line });
  }
  if (chunk.length > 0) yield chunk;
}

async function writeFile(
  { store, ...options }: ExportOptions,
  table: string,
  index: number,
  rows: readonly ExportedRow[],
): Promise<void> {
  const body = await zip(rows.map(({ line }) => line).join(''));
  await store.put(archiveKeys(options).file(table, index), body, {
    contentType: 'application/gzip',
    facts: { sha256: sha256(body), rows: String(rows.length), bytes: String(body.length) },
  });
}

/** The manifest, of what the store says of each file; then its signature. */
async function finish(
  options: ExportOptions,
  digests: Readonly<Record<string, RowsDigest>>,
  counts: Readonly<Record<string, number>>,
): Promise<Exported> {
  const { store, signer, tenantId, deploymentId, operationId, now } = options;
  const keys = archiveKeys(options);
  const files: ArchiveFile[] = [];
  for (const [table, count] of Object.entries(counts))
    for (let index = 0; index < count; index += 1) {
      const key = keys.file(table, index);
      const facts = await store.facts(key);
      if (!facts) throw new TransientTenantDataError(`file "${key}" of the archive is gone; export again`);
      const { sha256: hash = '', rows, bytes } = facts;
      files.push({
        name: keys.name(table, index),
        table,
        rows: Number(rows),
        bytes: Number(bytes),
        sha256: hash,
      });
    }
  const all = digestOfAll(Object.values(digests));
  const manifest: ArchiveManifest = archiveManifestSchema.parse({
    version: 1,
    tenantId,
    deploymentId,
    operationId,
    exportedAt: now().toISOString(),
    ...all,
    tables: digests,
    files,
    signature: { keyId: signer.keyId, algorithm: signer.algorithm },
  });
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  await store.put(keys.manifest, text, { contentType: 'application/json' });
  await store.put(keys.signature, await signer.sign(text), { contentType: 'application/octet-stream' });
  return {
    bucket: store.name,
    manifestKey: keys.manifest,
    signatureKey: keys.signature,
    files: files.length,
    ...all,
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
