import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { customResource, replyByHttp } from './custom-resource';
import { publishRequestSchema } from './publish-request';
import { publishSite } from './publish-site';
import { s3SiteStore } from './s3-site-store';

const client = new S3Client({});

async function make(properties: unknown): Promise<string> {
  const { Build, Site, Pages, Config } = publishRequestSchema.parse(properties);
  const { Body } = await client.send(new GetObjectCommand({ Bucket: Build.bucket, Key: Build.key }));
  if (!Body) throw new Error(`the build "${Build.key}" is empty`);
  const files = new Map(Object.entries(unzipSync(await Body.transformToByteArray())));
  for (const path of files.keys()) if (path.endsWith('/')) files.delete(path);
  await publishSite({ files, pages: Pages, config: Config }, s3SiteStore(client, Site), new Date());
  return `site-${Site}`;
}

/** The custom resource that puts a build of the pages into a site's bucket. */
export const handler = customResource({ make }, replyByHttp);
