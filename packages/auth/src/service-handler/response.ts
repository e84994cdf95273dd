import { entityTag, type ProblemError, type Route } from '@granary/api';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { ResponseShapeError } from '../errors';

/** Request headers that a browser may send; the stack's preflight answers name the same. */
export const CORS_ALLOWED_HEADERS = ['Authorization', 'Content-Type', 'If-Match'] as const;

/** Response headers that a browser's script may read. */
export const CORS_EXPOSED_HEADERS = ['ETag', 'Retry-After'] as const;

const HEADERS = {
  // Any origin: callers prove themselves by a token that no browser attaches by itself, never by a cookie.
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': CORS_EXPOSED_HEADERS.join(','),
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * The answer of a success: the result as its route's schema lets it out, with an ETag when it has a version.
 * @throws ResponseShapeError when the schema refuses the result
 */
export function successResponse(route: Route, result: unknown): APIGatewayProxyResult {
  if (!route.response) return { statusCode: route.success, headers: { ...HEADERS }, body: '' };
  const parsed = route.response.safeParse(result);
  if (!parsed.success)
    throw new ResponseShapeError(route.operation, [
      ...new Set(parsed.error.issues.map(({ path }) => `/${path.join('/')}`)),
    ]);
  const version = (parsed.data as { version?: unknown } | null)?.version;
  return {
    statusCode: route.success,
    headers: {
      ...HEADERS,
      'Content-Type': 'application/json',
      ...(typeof version === 'number' ? { ETag: entityTag(version) } : {}),
    },
    body: JSON.stringify(parsed.data),
  };
}

/** The answer of an error. `requestId` lets support find the log lines. */
export function problemResponse(problem: ProblemError, requestId: string): APIGatewayProxyResult {
  return {
    statusCode: problem.status,
    headers: { ...HEADERS, ...problem.headers, 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(problem.toProblem(requestId)),
  };
}
