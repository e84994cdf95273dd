import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { templateKey } from '../plan/release-plan';
import { ReleaseInputError } from '../release-error';

/** The versions bucket, as far as this package uses it. */
export interface VersionObjects {
  put(key: string, body: string): Promise<void>;
  /** @throws the service's error where there is none */
  get(key: string): Promise<string>;
}

export class S3VersionObjects implements VersionObjects {
  constructor(
    private readonly client: S3Client,
    private readonly bucketName: string,
  ) {}

  async put(key: string, body: string): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucketName,
        Key: key,
        Body: body,
        ContentType: 'application/json',
      }),
    );
  }

  async get(key: string): Promise<string> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucketName, Key: key }));
    return (await Body?.transformToString()) ?? '';
  }
}

/** The versions bucket, by the caller's own credentials. @param region of the bucket; @default the caller's */
export function openVersionObjects(bucketName: string, region?: string): VersionObjects {
  return new S3VersionObjects(new S3Client(region === undefined ? {} : { region }), bucketName);
}

export interface StoredTemplate {
  readonly digest: string;
  readonly body: string;
}

/**
 * A template without white space that means nothing, and its SHA-256: equal templates have equal digests, however
 * they were sent.
 * @throws ReleaseInputError for a template that is no JSON
 */
export function canonicalTemplate(text: string): StoredTemplate {
  let body: string;
  try {
    body = JSON.stringify(JSON.parse(text));
  } catch (cause) {
    throw new ReleaseInputError(`the template is no JSON: ${(cause as Error).message}`);
  }
  return { digest: createHash('sha256').update(body).digest('hex'), body };
}

/** Stores a template by its digest. @returns the digest */
export async function storeTemplate(objects: Pick<VersionObjects, 'put'>, text: string): Promise<string> {
  const { digest, body } = canonicalTemplate(text);
  await objects.put(templateKey(digest), body);
  return digest;
}
