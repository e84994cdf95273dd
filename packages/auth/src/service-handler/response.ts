import { createHash } from 'node:crypto';
import { entityTag, type ProblemError, type Route } from '@granary/api';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { ResponseShapeError } from '../errors';

/** Request headers that a browser may send; the stack's preflight answers name the same. */
export const CORS_ALLOWED_HEADERS = ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match'] as const;

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
 * The answer of a success: the result as its route's schema lets it out. What has a version has it as its ETag; any
 * other answer to a GET has a weak one, of its body. A caller that has the same already is told so by 304.
 *
 * @param ifNoneMatch the request's header
 * @throws ResponseShapeError when the schema refuses the result
 */
export function successResponse(route: Route, result: unknown, ifNoneMatch?: string): APIGatewayProxyResult {
  if (!route.response) return { statusCode: route.success, headers: { ...HEADERS }, body: '' };
  const parsed = route.response.safeParse(result);
  if (!parsed.success)
    throw new ResponseShapeError(route.operation, [
      ...new Set(parsed.error.issues.map(({ path }) => `/${path.join('/')}`)),
    ]);
  const version = (parsed.data as { version?: unknown } | null)?.version;
  const body = JSON.stringify(parsed.data);
  const tag =
    typeof version === 'number' ? entityTag(version) : route.method === 'GET' ? bodyTag(body) : undefined;
  const headers = {
    ...HEADERS,
    ...(route.maxAge === undefined ? {} : { 'Cache-Control': `public, max-age=${route.maxAge}` }),
    ...(tag === undefined ? {} : { ETag: tag }),
  };
  if (route.method === 'GET' && tag !== undefined && matches(ifNoneMatch, tag))
    return { statusCode: 304, headers, body: '' };
  return { statusCode: route.success, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}

/** A weak entity tag: bodies of one meaning may be spelled differently. */
function bodyTag(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Weak comparison, as RFC 9110 asks of If-None-Match. */
function matches(header: string | undefined, tag: string): boolean {
  const opaque = (each: string) => each.trim().replace(/^W\//, '');
  return (
    header !== undefined &&
    header.split(',').some((each) => each.trim() === '*' || opaque(each) === opaque(tag))
  );
}

/** The answer of an error. `requestId` lets support find the log lines. */
export function problemResponse(problem: ProblemError, requestId: string): APIGatewayProxyResult {
  return {
    statusCode: problem.status,
    headers: { ...HEADERS, ...problem.headers, 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(problem.toProblem(requestId)),
  };
}
