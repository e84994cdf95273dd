import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { EngineCredentials } from '@granary/local';
import { z } from 'zod';
import { WalkError } from '../cli-error';
import type { OperatorAccess } from './operator-access';

/** What a deployment's authorizer hands to its services for one caller. */
export interface TenantSession {
  readonly tenantId: string;
  /** Temporary credentials for this tenant's rows. Secret. */
  readonly credentials: EngineCredentials;
}

export interface SessionRequest {
  readonly account: string;
  readonly region: string;
  /** The authorizer's function. */
  readonly functionName: string;
  /** REST API that the token is for. */
  readonly apiId: string;
  /** The caller's id token. */
  readonly token: string;
}

/** Asks a deployment's authorizer as API Gateway does. */
export type AskAuthorizer = (request: SessionRequest) => Promise<TenantSession>;

const answerSchema = z.object({
  context: z.object({
    tenantId: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    sessionToken: z.string(),
  }),
});

/**
 * The credentials that a tenant's own requests run with. They never leave the platform, so the walk takes them where
 * they are made: it invokes the authorizer that serves the API, with the tenant's token.
 *
 * @throws WalkError when the authorizer refuses the token or answers without credentials
 */
export function authorizerSessions(access: OperatorAccess): AskAuthorizer {
  return async ({ account, region, functionName, apiId, token }) => {
    const client = new LambdaClient(access.clientConfig(account, region));
    try {
      const event = {
        type: 'TOKEN',
        authorizationToken: `Bearer ${token}`,
        methodArn: `arn:aws:execute-api:${region}:${account}:${apiId}/prod/GET/products`,
      };
      const { FunctionError, Payload } = await client.send(
        new InvokeCommand({
          FunctionName: functionName,
          Qualifier: 'live',
          Payload: Buffer.from(JSON.stringify(event)),
        }),
      );
      const text = Buffer.from(Payload ?? []).toString('utf8');
      if (FunctionError)
        throw new WalkError(`the authorizer "${functionName}" failed: ${text.slice(0, 300)}`);
      const parsed = answerSchema.safeParse(JSON.parse(text));
      // The answer may hold credentials: it stays out of the message.
      if (!parsed.success) throw new WalkError(`the authorizer "${functionName}" gave no credentials`);
      const { tenantId, ...credentials } = parsed.data.context;
      return { tenantId, credentials };
    } finally {
      client.destroy();
    }
  };
}
