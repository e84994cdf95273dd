import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  type ArchiveManifest,
  type ArchiveName,
  archiveKeys,
  archiveManifestSchema,
} from './archive-manifest';
import type { ArchiveStore, Signer } from './archive-store';
import { DigestSum, type RowsDigest } from './digest';
import { sha256 } from './export';
import { rowHash } from './row';
import { rowOfLine } from './row-line';
import { TenantDataMismatchError } from './tenant-data-error';
import type { Slice, WorkTime } from './work-time';

const unzip = promisify(gunzip);
/** Bytes of a file, unpacked: more than the export ever puts into one. */
const LARGEST = 128 * 1024 * 1024;

export interface VerifyExportCursor extends RowsDigest {
  /** Files that are done. */
  readonly file: number;
}

export interface VerifyExportOptions extends ArchiveName {
  readonly store: ArchiveStore;
  readonly signer: Signer;
  readonly cursor: VerifyExportCursor | undefined;
  readonly time: WorkTime;
}

/**
 * Checks an archive whole: the signature, every file's hash, and that the rows in them are those that the
 * manifest counts.
 * @throws TenantDataMismatchError that says what does not hold
 */
export async function verifyExport(
  options: VerifyExportOptions,
): Promise<Slice<RowsDigest, VerifyExportCursor>> {
  const { store, cursor, time } = options;
  const manifest = await signedManifest(options);
  const keys = archiveKeys(options);
  const sum = new DigestSum(cursor);
  for (let file = cursor?.file ?? 0; file < manifest.files.length; file += 1) {
    const { name, sha256: hash, rows } = manifest.files[file] as ArchiveManifest['files'][number];
    const body = await store.get(keys.named(name));
    if (sha256(body) !== hash)
      throw new TenantDataMismatchError(`file "${name}" is not the one that was signed`);
    const lines = (await unzip(body, { maxOutputLength: LARGEST })).toString('utf8').split('\n').slice(0, -1);
    if (lines.length !== rows)
      throw new TenantDataMismatchError(`file "${name}" has ${lines.length} rows, not ${rows}`);
    for (const line of lines) sum.add(rowHash(rowOfLine(line)));
    if (time.over()) return { done: false, cursor: { file: file + 1, ...sum.value } };
  }
  const { rows, digest } = sum.value;
  if (rows !== manifest.rows || digest !== manifest.digest)
    throw new TenantDataMismatchError(
      `the archive holds ${rows} rows, not the ${manifest.rows} of its manifest`,
    );
  return { done: true, result: { rows, digest } };
}

async function signedManifest(options: VerifyExportOptions): Promise<ArchiveManifest> {
  const { store, signer } = options;
  const keys = archiveKeys(options);
  const [text, signature] = await Promise.all([store.get(keys.manifest), store.get(keys.signature)]);
  if (!(await signer.verify(text, signature)))
    throw new TenantDataMismatchError(`the signature of "${keys.manifest}" does not hold`);
  return archiveManifestSchema.parse(JSON.parse(Buffer.from(text).toString('utf8')));
}
