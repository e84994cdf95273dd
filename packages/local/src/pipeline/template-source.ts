import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { ActionContext } from './action';
import { actionTitle } from './action';
import { UnsupportedPipelineError } from './errors';

/** CloudFormation's limit of a template inside a request, bytes. */
const BODY_LIMIT = 51_200;

export type TemplateSource = { readonly TemplateBody: string } | { readonly TemplateURL: string };

/**
 * A template as CloudFormation takes it: in the request when it is small, else through a bucket in the stack's
 * own environment. On AWS, CodePipeline does the same with its artifact bucket; the local cloud does it as the
 * account's root, which is the service's part, not the release's.
 */
export async function templateSource(context: ActionContext, account: string): Promise<TemplateSource> {
  const body = await readFile(context.artifacts.file(context.configuration.TemplatePath ?? ''));
  if (body.byteLength <= BODY_LIMIT) return { TemplateBody: body.toString('utf8') };
  const { action, cloud } = context;
  const bucket = `granary-local-templates-${account}-${action.region}`;
  const key = `${createHash('sha256').update(body).digest('hex')}.json`;
  const client = new S3Client({
    ...cloud.clientConfig(account, action.region),
    forcePathStyle: true,
  });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket })).catch(() => createBucket(client, bucket));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  } finally {
    client.destroy();
  }
  return { TemplateURL: `${cloud.endpoint}/${bucket}/${key}` };
}

async function createBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    // Two actions of one environment start together.
    if (!(error instanceof Error) || !/BucketAlready/.test(error.name)) throw error;
  }
}

export interface TemplateConfiguration {
  readonly Parameters?: Parameter[];
  readonly Tags?: Tag[];
}

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const configurationFile = z.object({ Parameters: values.default({}), Tags: values.default({}) });

/** Parameters and tags: the action's TemplateConfiguration file, then its ParameterOverrides, which win. */
export async function templateConfiguration(context: ActionContext): Promise<TemplateConfiguration> {
  const { configuration, artifacts } = context;
  const path = configuration.TemplateConfiguration;
  const text = path ? await readFile(artifacts.file(path), 'utf8') : '{}';
  const file = read(configurationFile, text, `${actionTitle(context)}: TemplateConfiguration "${path}"`);
  const overrides = read(
    values,
    configuration.ParameterOverrides ?? '{}',
    `${actionTitle(context)}: ParameterOverrides`,
  );
  const parameters = Object.entries({ ...file.Parameters, ...overrides });
  const tags = Object.entries(file.Tags);
  return {
    ...(parameters.length
      ? { Parameters: parameters.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })) }
      : {}),
    ...(tags.length ? { Tags: tags.map(([Key, Value]) => ({ Key, Value })) } : {}),
  };
}

function read<T>(schema: z.ZodType<T>, text: string, where: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UnsupportedPipelineError(`${where} is not JSON of the expected form`, { cause });
  }
}
