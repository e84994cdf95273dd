import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { SiteFiles } from '@granary/hosting';

/** The build that was released: what CloudFront would read on AWS. */
export function bucketFiles(client: S3Client, bucket: string): SiteFiles {
  return {
    name: `bucket "${bucket}"`,
    read: async (path) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
