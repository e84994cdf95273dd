import {
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { AuditReader } from './audit-store';
import { type Head, START } from './chain';
import { sequenceKey } from './link-item';

/** Where heads are kept that nobody can take back. */
export interface Anchors {
  /** Keeps a head; one that is kept already stays. */
  put(chain: string, head: Head): Promise<void>;
  /** Every head that was kept of a chain, in order. */
  list(chain: string): Promise<readonly Head[]>;
}

/** Keeps the head of every chain that moved since. Gives the number of chains. */
export async function anchorHeads(store: AuditReader, anchors: Anchors): Promise<number> {
  const chains = await store.chains();
  for (const chain of chains) {
    const head = await store.head(chain);
    if (head.sequence > START.sequence) await anchors.put(chain, head);
  }
  return chains.length;
}

const KEY = /^anchors\/[^/]+\/(\d{12})-([0-9a-f]{64})$/;

/** A bucket with Object Lock: what a key says can be added to and never changed. */
export class S3Anchors implements Anchors {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async put(chain: string, head: Head): Promise<void> {
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          // The key says it all, so that listing is reading.
          Key: `${prefix(chain)}${sequenceKey(head.sequence)}-${head.hash}`,
          Body: JSON.stringify({ chain, ...head }),
          ContentType: 'application/json',
          // Object Lock asks for a checksum of every upload.
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') return;
      throw error;
    }
  }

  async list(chain: string): Promise<readonly Head[]> {
    const heads: Head[] = [];
    let from: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: prefix(chain),
          ...(from ? { ContinuationToken: from } : {}),
        }),
      );
      for (const { Key } of page.Contents ?? []) {
        const [, sequence, hash] = KEY.exec(Key ?? '') ?? [];
        if (sequence && hash) heads.push({ sequence: Number(sequence), hash });
      }
      from = page.NextContinuationToken;
    } while (from);
    return heads;
  }
}

function prefix(chain: string): string {
  return `anchors/${chain}/`;
}
