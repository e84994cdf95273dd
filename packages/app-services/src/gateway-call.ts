import { createTelemetry, type ServiceHandler, type Telemetry } from '@granary/auth';

/** A request as API Gateway and its authorizer would pass it on, for tests. */
export interface GatewayCall {
  readonly method: string;
  readonly resource: string;
  /** @default acme */
  readonly tenantId?: string;
  /** @default TenantAdmin */
  readonly role?: string;
  /** @default basic */
  readonly tier?: string;
  /** Id of the tenant's API key. @default none */
  readonly usageKeyId?: string;
  /** @default none */
  readonly params?: Readonly<Record<string, string>>;
  /** @default none */
  readonly query?: Readonly<Record<string, string>>;
  /** @default none */
  readonly body?: unknown;
  /** @default none */
  readonly ifMatch?: string;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly etag?: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what JSON holds
  readonly body?: any;
}

const SESSION = {
  userId: 'u-1',
  userName: 'ann',
  accessKeyId: 'ASIATEST',
  secretAccessKey: 'none',
  sessionToken: 'none',
  credentialsExpireAt: '2099-01-01T00:00:00.000Z',
};

/** What a handler answers to a request. */
export async function callGateway(handler: ServiceHandler, call: GatewayCall): Promise<GatewayAnswer> {
  const { method, resource, tenantId = 'acme', role = 'TenantAdmin', tier = 'basic', usageKeyId } = call;
  const person = { tenantId, role, tier, ...(usageKeyId ? { usageKeyId } : {}) };
  const event = {
    httpMethod: method,
    resource,
    pathParameters: call.params ?? null,
    queryStringParameters: call.query ?? null,
    headers: { 'Content-Type': 'application/json', ...(call.ifMatch ? { 'If-Match': call.ifMatch } : {}) },
    body: call.body === undefined ? null : JSON.stringify(call.body),
    requestContext: { requestId: 'request-1', authorizer: { ...SESSION, ...person } },
  };
  const answer = await handler(event as never, { awsRequestId: 'request-1' } as never);
  return {
    status: answer.statusCode,
    etag: answer.headers?.ETag,
    body: answer.body ? JSON.parse(answer.body) : undefined,
  };
}

/** Settings of Powertools under which a function writes nothing. */
export const QUIET = { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' } as const;

/** Telemetry that writes nothing. */
export function quietTelemetry(service: string): Telemetry {
  Object.assign(process.env, QUIET);
  return createTelemetry(service);
}
