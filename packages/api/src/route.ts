import type * as z from 'zod';
import type { Role } from './role';

/** The two planes of a SaaS, each with an API of its own. */
export type Plane = 'application' | 'control';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** `public`: anyone, unauthenticated. Otherwise the roles that may call; there is no route without an answer. */
export type Access = 'public' | readonly [Role, ...Role[]];

/**
 * One operation of an API: the only place that says its method, path, callers and shapes. The stacks, the
 * authorizer, the handlers and the documentation are all made from it.
 */
export interface Route {
  readonly plane: Plane;
  /** The service (one function) that serves it. */
  readonly service: string;
  /** Unique within its plane; the name of the function that implements it. */
  readonly operation: string;
  readonly method: Method;
  /** API Gateway's form: `/products/{productId}`. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** One sentence for the reader of the API reference. */
  readonly summary: string;
  /** Path parameters. @default none */
  readonly params?: z.ZodObject;
  /** Query parameters; a string in, any type out. @default none */
  readonly query?: z.ZodObject;
  /** JSON body. @default none */
  readonly body?: z.ZodType;
  /** Whether the caller must name the version it changes, by `If-Match`. @default false */
  readonly ifMatch?: boolean;
  /** Seconds that anyone may keep the answer. @default it is not kept */
  readonly maxAge?: number;
  /** Status of a success. */
  readonly success: 200 | 201 | 202 | 204;
  /** JSON body of a success. @default none (204) */
  readonly response?: z.ZodType;
}

/** What an implementation of a route is given, parsed. */
export interface RouteRequest<R extends Route> {
  readonly params: R['params'] extends z.ZodType ? z.output<R['params']> : Record<string, never>;
  readonly query: R['query'] extends z.ZodType ? z.output<R['query']> : Record<string, never>;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
  /** The version that the caller saw; set when the route asks for `If-Match`. */
  readonly version: R['ifMatch'] extends true ? number : undefined;
}

/** What an implementation of a route answers; it is checked against the route's schema before it leaves. */
// biome-ignore lint/suspicious/noConfusingVoidType: an operation without an answer just ends, with no `return undefined`.
export type RouteResponse<R extends Route> = R['response'] extends z.ZodType ? z.input<R['response']> : void;

/** The route of a list whose operation is `Name`. */
export type RouteNamed<Rs extends readonly Route[], Name extends Rs[number]['operation']> = Extract<
  Rs[number],
  { readonly operation: Name }
>;

/** Names and sizes of path parameters, in order: `/orders/{orderId}` gives `['orderId']`. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
}
