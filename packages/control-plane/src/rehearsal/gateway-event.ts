import type { OperatorRole } from '@granary/api';
import { createTelemetry, type ServiceHandler, type Telemetry } from '@granary/auth';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

export interface GatewayRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The route's path, with its parameters' names. */
  readonly resource: string;
  /** @default none */
  readonly params?: Readonly<Record<string, string>>;
  /** @default none */
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. @default none */
  readonly body?: unknown;
  /** Besides the content's type. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the authorizer found. @default nobody: no authorizer ran */
  readonly role?: OperatorRole;
  /** Who calls, if anybody does. @default olivia */
  readonly userName?: string;
}

/** Sends a request to a handler as API Gateway would, for tests; the body comes back parsed. */
export async function request(handler: ServiceHandler, wanted: GatewayRequest) {
  const { method, resource, params, query, body, role, headers, userName = 'olivia' } = wanted;
  const authorizer = role && { userId: 'user-1', userName, role, principalId: 'user-1' };
  const event = {
    httpMethod: method,
    resource,
    path: resource,
    headers: { 'Content-Type': 'application/json', ...headers },
    pathParameters: params ?? null,
    queryStringParameters: query ?? null,
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1', ...(authorizer ? { authorizer } : {}) },
  } as unknown as APIGatewayProxyEvent;
  const context = { awsRequestId: 'request-1', functionName: 'f' } as Context;
  const answer: APIGatewayProxyResult = await handler(event, context);
  return {
    status: answer.statusCode,
    headers: answer.headers ?? {},
    body: JSON.parse(answer.body || 'null'),
  };
}

/** Telemetry that keeps what it is to say. */
export function silentTelemetry(): { readonly telemetry: Telemetry; readonly logged: unknown[][] } {
  const telemetry = createTelemetry('test');
  const logged: unknown[][] = [];
  const keep = (...line: unknown[]) => logged.push(line);
  Object.assign(telemetry.logger, { info: keep, warn: keep, error: keep });
  Object.assign(telemetry.metrics, { publishStoredMetrics: () => telemetry.metrics.clearMetrics() });
  return { telemetry, logged };
}
