import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CloudEndpoint, EngineCredentials } from '@granary/local';
import * as z from 'zod';
import { AttackError } from '../attack-error';
import type { Secrets } from '../secrets';
import type { Deployment } from './deployed';

const answerSchema = z.object({
  context: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() }),
  usageIdentifierKey: z.string().optional(),
});

/**
 * The credentials that a person's requests run with, as if the application had leaked them: the deployment's own
 * authorizer is invoked as root with the person's token.
 */
export async function scopedSession(
  cloud: CloudEndpoint,
  secrets: Secrets,
  { account, region, apiId, authorizer }: Deployment,
  idToken: string,
): Promise<EngineCredentials> {
  const client = new LambdaClient(cloud.clientConfig(account, region));
  const event = {
    type: 'TOKEN',
    authorizationToken: `Bearer ${idToken}`,
    methodArn: `arn:aws:execute-api:${region}:${account}:${apiId}/prod/GET/products`,
  };
  const { Payload } = await client.send(
    new InvokeCommand({
      FunctionName: authorizer,
      Qualifier: 'live',
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  client.destroy();
  const parsed = answerSchema.safeParse(JSON.parse(Buffer.from(Payload ?? []).toString('utf8')));
  if (!parsed.success) throw new AttackError(`the authorizer "${authorizer}" gave no credentials`);
  const { accessKeyId, secretAccessKey, sessionToken } = parsed.data.context;
  if (parsed.data.usageIdentifierKey) secrets.keep('usage key', parsed.data.usageIdentifierKey);
  // The key's id alone is no secret: CloudTrail and errors of AWS name it.
  return {
    accessKeyId,
    secretAccessKey: secrets.keep('secret access key', secretAccessKey),
    sessionToken: secrets.keep('session token', sessionToken),
  };
}
