import {
  InvalidRequestProblem,
  ProblemError,
  parseEntityTag,
  type Route,
  type RouteRequest,
  VersionRequiredProblem,
  type Violation,
} from '@granary/api';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import { jsonBody } from './json-body';
import { requestHeader } from './request-header';

/** One part of a request: its value, or what is wrong with it. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/**
 * Parses a request by its route's schemas.
 * @throws InvalidRequestProblem with every violation at once, BodyTooLargeProblem, VersionRequiredProblem
 */
export function parseRequest<R extends Route>(route: R, event: APIGatewayProxyEvent): RouteRequest<R> {
  const parts = {
    params: route.params ? checked(route.params, event.pathParameters ?? {}, 'path') : given({}),
    query: route.query ? query(route.query, event) : given({}),
    body: route.body ? body(route.body, event) : given(undefined),
  };
  const version = route.ifMatch ? ifMatch(event) : given(undefined);
  const violations = [...Object.values(parts), version].flatMap((part) => (part.ok ? [] : part.violations));
  if (violations.length > 0) throw new InvalidRequestProblem(violations);
  // Only now: a request with other mistakes is told of those, since they need a new request anyway.
  if (version.ok && version.value instanceof VersionRequiredProblem) throw version.value;
  const value = (part: Parsed) => (part.ok ? part.value : undefined);
  return {
    params: value(parts.params),
    query: value(parts.query),
    body: value(parts.body),
    version: value(version),
  } as RouteRequest<R>;
}

function given(value: unknown): Parsed {
  return { ok: true, value };
}

function query(schema: z.ZodType, event: APIGatewayProxyEvent): Parsed {
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {})
    .filter(([, values]) => (values?.length ?? 0) > 1)
    .map(([pointer]): Violation => ({ in: 'query', pointer, message: 'must be given once' }));
  const parsed = checked(schema, event.queryStringParameters ?? {}, 'query');
  if (repeated.length === 0) return parsed;
  return { ok: false, violations: [...repeated, ...(parsed.ok ? [] : parsed.violations)] };
}

function body(schema: z.ZodType, event: APIGatewayProxyEvent): Parsed {
  const json = jsonBody(event);
  return json.ok ? checked(schema, json.value, 'body') : json;
}

function ifMatch(event: APIGatewayProxyEvent): Parsed {
  try {
    return given(parseEntityTag(requestHeader(event, 'if-match')));
  } catch (error) {
    if (error instanceof VersionRequiredProblem) return given(error);
    if (error instanceof ProblemError && error.violations) return { ok: false, violations: error.violations };
    throw error;
  }
}

function checked(schema: z.ZodType, value: unknown, place: Violation['in']): Parsed {
  const parsed = schema.safeParse(value);
  if (parsed.success) return given(parsed.data);
  return { ok: false, violations: parsed.error.issues.flatMap((issue) => toViolations(issue, place)) };
}

function toViolations(issue: z.core.$ZodIssue, place: Violation['in']): Violation[] {
  const at = (path: readonly PropertyKey[]) =>
    place === 'body' ? path.map((part) => `/${escapePointer(String(part))}`).join('') : path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MAX_UNKNOWN_KEYS).map((key) => ({
      in: place,
      pointer: at([...issue.path, key.slice(0, MAX_KEY_LENGTH)]),
      message: 'is not a known field; remove it',
    }));
  return [{ in: place, pointer: at(issue.path), message: issue.message }];
}

// A caller chooses its keys: the answer must not grow with them.
const MAX_UNKNOWN_KEYS = 20;
const MAX_KEY_LENGTH = 64;

/** RFC 6901. */
function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
