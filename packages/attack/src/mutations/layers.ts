import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { APPLICATION_ROUTES, PRODUCT_ROUTES, type Route } from '@granary/api';
import {
  type Authorizer,
  applicationAuthorizer,
  applicationHandler,
  type IdentityProvider,
  identityProvider,
  type TenantDirectory,
  tenantDirectory,
  tenantRows,
  toTenantContext,
} from '@granary/auth';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Answer } from '../answer';
import type { Deployment } from '../field/deployed';
import type { Field, TenantField } from '../field/field';

/** What of an authorizer is switched off. */
export interface AuthorizerParts {
  readonly provider?: Pick<IdentityProvider, 'claims' | 'verify'>;
  readonly directory?: TenantDirectory;
  readonly routes?: readonly Route[];
}

const silent = { info: () => undefined, warn: () => undefined };

/** The deployment's provider as its authorizer has it. */
export function providerOf({ cloud }: Field, { userPoolId, clientId }: Deployment): IdentityProvider {
  return identityProvider({
    USER_POOL_ID: userPoolId,
    USER_POOL_CLIENT_ID: clientId,
    AWS_ENDPOINT_URL: cloud.endpoint,
  });
}

/** The deployment's directory, read as root. */
export function directoryOf({ cloud }: Field, { account, region, tenantTable }: Deployment): TenantDirectory {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(cloud.clientConfig(account, region)));
  return tenantDirectory({ read: tenantRows(documents, tenantTable) });
}

/** The real authorizer in this process, against the deployed user pool and directory, with parts of it replaced. */
export function authorizerOf(field: Field, deployment: Deployment, parts: AuthorizerParts): Authorizer {
  return applicationAuthorizer({
    provider: parts.provider ?? providerOf(field, deployment),
    directory: parts.directory ?? directoryOf(field, deployment),
    routes: parts.routes ?? APPLICATION_ROUTES,
    logger: silent,
    sessions: null,
  });
}

/** What the gateway would make of the authorizer's answer for one method. */
export async function authorized(
  authorize: Authorizer,
  { account, region, apiId }: Deployment,
  token: string,
  method: string,
): Promise<Answer> {
  const methodArn = `arn:aws:execute-api:${region}:${account}:${apiId}/prod/${method}`;
  try {
    const { policyDocument } = await authorize({
      type: 'TOKEN',
      authorizationToken: `Bearer ${token}`,
      methodArn,
    });
    const matching = policyDocument.Statement.filter((statement) =>
      [(statement as { Resource?: string | string[] }).Resource ?? []]
        .flat()
        .some((pattern) => matches(pattern, methodArn)),
    ).map(({ Effect }) => Effect);
    const ok = matching.includes('Allow') && !matching.includes('Deny');
    return { ok, status: ok ? 200 : 403, place: 'authorizer', text: ok ? 'allowed' : 'denied' };
  } catch (error) {
    const { name } = error as Error;
    const status = name === 'UnauthorizedError' ? 401 : 500;
    return { ok: false, status, place: 'authorizer', text: name };
  }
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/-]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(text);
}

/** A deletion by a tenant's user at the product service's handler itself, past the gateway. */
export async function handledDeletion(
  { tenantId, tier, sessions, products }: TenantField,
  opened: boolean,
): Promise<Answer> {
  let reached = false;
  const operation = async (): Promise<never> => {
    reached = true;
    throw new Error('the operation was reached');
  };
  const names = PRODUCT_ROUTES.map((route) => [route.operation, operation]);
  const routes = opened
    ? (APPLICATION_ROUTES.map(widened) as unknown as typeof PRODUCT_ROUTES)
    : PRODUCT_ROUTES;
  const handler = applicationHandler({
    service: 'product',
    routes,
    operations: Object.fromEntries(names),
    telemetry: quietTelemetry,
  } as never);
  const { accessKeyId, secretAccessKey, sessionToken = '' } = sessions.user;
  const credentials = {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiresAt: new Date(Date.now() + 3_600_000),
  };
  const principal = {
    kind: 'tenant',
    userId: 'user',
    userName: 'user',
    role: 'TenantUser',
    tenantId,
    tier,
  } as const;
  const event = {
    httpMethod: 'DELETE',
    resource: '/products/{productId}',
    path: '/',
    pathParameters: { productId: products[0] },
    headers: { 'If-Match': '"1"' },
    requestContext: { requestId: 'attack', authorizer: toTenantContext({ principal, credentials }) },
  } as unknown as APIGatewayProxyEvent;
  const { statusCode, body } = await handler(event, { awsRequestId: 'attack' } as Context);
  return { ok: reached, status: reached ? 200 : statusCode, place: 'handler', text: body };
}

/** A route that every role may call. */
export const widened = (route: Route): Route =>
  route.access === 'public' ? route : { ...route, access: ['TenantAdmin', 'TenantUser'] };

const nothing = () => undefined;
const quiet = new Proxy({}, { get: () => nothing });
/** Takes everything and keeps nothing: these requests are not the platform's. */
const quietTelemetry = {
  logger: quiet,
  metrics: quiet,
  tracer: { isTracingEnabled: () => false, captureAWSv3Client: <C>(client: C) => client },
};
