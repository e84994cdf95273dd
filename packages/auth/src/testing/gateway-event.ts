import type { APIGatewayProxyEvent, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import type { TenantAuthorizerContext } from '../authorizer-context';

/** ARN of a method, as API Gateway hands it to an authorizer. */
export const METHOD_ARN = 'arn:aws:execute-api:us-east-1:222222222222:abc123/prod/GET/products';

/** What the application authorizer writes for an administrator of `acme`. */
export const TENANT_CONTEXT: TenantAuthorizerContext = {
  userId: 'user-1',
  userName: 'ann',
  role: 'TenantAdmin',
  tenantId: 'acme',
  tier: 'basic',
  accessKeyId: 'ASIAEXAMPLEACME00001',
  secretAccessKey: 'secret-of-acme-session',
  sessionToken: 'session-token-of-acme',
  credentialsExpireAt: '2030-01-01T00:00:00.000Z',
};

/** What a test says of a request; the rest is as API Gateway sends it for an administrator of `acme`. */
export interface EventOptions {
  readonly httpMethod: string;
  /** API Gateway's resource: `/products/{productId}`. */
  readonly resource: string;
  /** @default none */
  readonly pathParameters?: Record<string, string>;
  /** A parameter that occurs twice has two values. @default none */
  readonly query?: Record<string, string | string[]>;
  /** Text as it is, anything else as JSON. @default none */
  readonly body?: unknown;
  /** @default none besides the token */
  readonly headers?: Record<string, string>;
  /** What the authorizer wrote; null for none. @default TENANT_CONTEXT */
  readonly authorizer?: object | null;
  /** @default false */
  readonly isBase64Encoded?: boolean;
}

/** A REST API's proxy event. */
export function gatewayEvent(options: EventOptions): APIGatewayProxyEvent {
  const { body, query, authorizer = TENANT_CONTEXT } = options;
  const values = Object.entries(query ?? {}).map(([name, value]) => [name, [value].flat()] as const);
  return {
    httpMethod: options.httpMethod,
    resource: options.resource,
    path: options.resource,
    headers: { Authorization: 'Bearer the-token-of-ann', ...options.headers },
    multiValueHeaders: {},
    pathParameters: options.pathParameters ?? null,
    queryStringParameters: query ? Object.fromEntries(values.map(([name, all]) => [name, all.at(-1)])) : null,
    multiValueQueryStringParameters: query ? Object.fromEntries(values) : null,
    stageVariables: null,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: options.isBase64Encoded ?? false,
    requestContext: { requestId: 'request-1', stage: 'prod', authorizer } as never,
  };
}

/** A TOKEN authorizer's event. */
export function authorizerEvent(
  authorizationToken: string,
  methodArn = METHOD_ARN,
): APIGatewayTokenAuthorizerEvent {
  return { type: 'TOKEN', authorizationToken, methodArn };
}

/** Lambda's context of an invocation. */
export const LAMBDA_CONTEXT = {
  awsRequestId: 'invocation-1',
  functionName: 'product',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:222222222222:function:product:live',
  memoryLimitInMB: '256',
} as Context;
