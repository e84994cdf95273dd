import type { Route } from '@granary/api';
import type * as z from 'zod';

type Optional<Name extends string, Value> = object extends Value
  ? { readonly [key in Name]?: Value }
  : { readonly [key in Name]: Value };

type Part<Name extends 'params' | 'query' | 'body', R extends Route> = R extends {
  readonly [key in Name]: infer Schema extends z.ZodType;
}
  ? Optional<Name, z.input<Schema>>
  : unknown;

/** What a caller passes: the route's parameters, as they are before parsing. */
export type CallInput<R extends Route> = Part<'params', R> &
  Part<'query', R> &
  Part<'body', R> &
  (R extends { readonly ifMatch: true }
    ? {
        /** The version that the caller read, or the ETag that came with it. */
        readonly version: number | string;
      }
    : unknown);

/** The same, of any route. */
export interface AnyInput {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly version?: number | string;
}

/** What a route answers, parsed. */
export type CallResult<R extends Route> = R extends { readonly response: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

export interface CallOptions {
  /** Gives the call up. @default only the time does */
  readonly signal?: AbortSignal;
  /** ETag of what the caller has: the answer says when it is still so. @default none */
  readonly ifNoneMatch?: string;
}

/** An answer with what came around its body. */
export interface Answer<Result> {
  readonly status: number;
  /** Of what was read, to send with `version` or `ifNoneMatch`. */
  readonly etag?: string;
  /** Whether the caller's `ifNoneMatch` still holds; there is no `data` then. */
  readonly unchanged: boolean;
  readonly data?: Result;
}

type Call<R extends Route, Result> =
  object extends CallInput<R>
    ? (input?: CallInput<R>, options?: CallOptions) => Promise<Result>
    : (input: CallInput<R>, options?: CallOptions) => Promise<Result>;

/** One operation: called for its result, or by `answer` for its ETag as well. */
export type RouteCall<R extends Route> = Call<R, CallResult<R>> & {
  readonly answer: Call<R, Answer<CallResult<R>>>;
};

/** The operations of a route table by their names. */
export type Client<R extends Route> = {
  readonly [Name in R['operation']]: RouteCall<Extract<R, { readonly operation: Name }>>;
};
