import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ArchiveStore, StoredFacts } from './archive-store';
import { TenantDataMismatchError } from './tenant-data-error';

/** Archives and receipts in a bucket. */
export class S3ArchiveStore implements ArchiveStore {
  constructor(
    private readonly s3: Pick<S3Client, 'send'>,
    readonly name: string,
  ) {}

  async put(Key: string, Body: Uint8Array, { contentType, facts }: StoredFacts): Promise<void> {
    await this.s3.send(
      new PutObjectCommand({
        Bucket: this.name,
        Key,
        Body,
        ContentType: contentType,
        ...(facts ? { Metadata: { ...facts } } : {}),
      }),
    );
  }

  async get(Key: string): Promise<Uint8Array> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.name, Key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (cause) {
      if (!(cause instanceof NoSuchKey)) throw cause;
      throw new TenantDataMismatchError(`there is no object "${Key}" in bucket "${this.name}"`);
    }
  }

  async facts(Key: string): Promise<Readonly<Record<string, string>> | undefined> {
    try {
      return (await this.s3.send(new HeadObjectCommand({ Bucket: this.name, Key }))).Metadata ?? {};
    } catch (cause) {
      if (cause instanceof NotFound) return undefined;
      throw cause;
    }
  }
}
