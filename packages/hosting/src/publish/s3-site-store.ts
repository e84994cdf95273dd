import {
  DeleteObjectsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { SiteStore, StoredFile } from './site-store';

/** S3 removes that many at once. */
const REMOVED_AT_ONCE = 1000;

/** A site's files in a bucket. */
export function s3SiteStore(client: S3Client, bucket: string): SiteStore {
  return {
    put: async (path, content, { contentType, cacheControl }) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: path,
          Body: content,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },
    list: async () => {
      const files: StoredFile[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
        for (const { Key, LastModified } of Contents)
          if (Key && LastModified) files.push({ path: Key, changedAt: LastModified });
      return files;
    },
    remove: async (paths) => {
      for (let start = 0; start < paths.length; start += REMOVED_AT_ONCE) {
        const Objects = paths.slice(start, start + REMOVED_AT_ONCE).map((Key) => ({ Key }));
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        const [first] = Errors;
        if (first) throw new Error(`"${first.Key}" was not removed: ${first.Code}`);
      }
    },
  };
}
