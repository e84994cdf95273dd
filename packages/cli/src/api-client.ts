import {
  entityTag,
  ORDER_ROUTES,
  PRODUCT_ROUTES,
  type Problem,
  pathParameters,
  problemSchema,
  REGISTRATION_ROUTES,
  type Route,
  type RouteNamed,
  TENANT_ROUTES,
} from '@granary/api';
import type { z } from 'zod';
import { CliError } from './cli-error';

/** An API answered with an error, or with something that its route does not allow. */
export class ApiError extends CliError {
  override readonly name = 'ApiError';

  constructor(
    readonly operation: string,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    what: string,
    /** The answer's problem document, when it was one. */
    readonly problem?: Problem,
    options?: ErrorOptions,
  ) {
    super(`${operation}: ${what}`, options);
  }
}

type Given<Schema, Otherwise> = Schema extends z.ZodType ? z.input<Schema> : Otherwise;

/** What a caller passes: the route's parameters, as they are before parsing. */
export interface CallInput<R extends Route> {
  readonly params?: Given<R['params'], never>;
  readonly query?: Given<R['query'], never>;
  readonly body?: Given<R['body'], never>;
  /** The version that the caller read, for routes that ask for it. */
  readonly version?: number;
}

/** What a route answers, parsed. */
export type CallResult<R extends Route> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : undefined;

export interface ApiClientOptions {
  /** The API's URL, with or without a slash at the end. */
  readonly baseUrl: string;
  /** Bearer token. @default none: public routes only */
  readonly token?: string;
  /** @default 30 000 */
  readonly timeoutMs?: number;
  /** @default the global one */
  readonly fetch?: typeof fetch;
}

/** Calls the operations of a route table by their names. */
export class ApiClient<Rs extends readonly Route[]> {
  constructor(
    private readonly routes: Rs,
    private readonly options: ApiClientOptions,
  ) {}

  /** @throws ApiError with the problem that the API answered */
  async call<Name extends Rs[number]['operation']>(
    operation: Name,
    input: CallInput<RouteNamed<Rs, Name>> = {},
  ): Promise<CallResult<RouteNamed<Rs, Name>>> {
    const route = this.routes.find((candidate) => candidate.operation === operation);
    if (!route) throw new ApiError(operation, 0, 'is no operation of this api');
    const response = await this.send(route, input as CallInput<Route>);
    const text = await response.text();
    if (!response.ok) throw failure(route, response.status, text);
    if (!route.response) return undefined as CallResult<RouteNamed<Rs, Name>>;
    const parsed = route.response.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data as CallResult<RouteNamed<Rs, Name>>;
    const where = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    throw new ApiError(operation, response.status, `the answer does not fit its schema: ${where.join('; ')}`);
  }

  private async send(route: Route, input: CallInput<Route>): Promise<Response> {
    const { token, timeoutMs = 30_000, fetch: send = fetch } = this.options;
    try {
      return await send(this.url(route, input), {
        method: route.method,
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(input.version === undefined ? {} : { 'if-match': entityTag(input.version) }),
        },
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (cause) {
      const reason = (cause as Error).cause ?? cause;
      throw new ApiError(route.operation, 0, `no answer: ${(reason as Error).message}`, undefined, { cause });
    }
  }

  private url(route: Route, input: CallInput<Route>): URL {
    const params: Readonly<Record<string, unknown>> = input.params ?? {};
    const path = pathParameters(route.path).reduce(
      (filled, name) => filled.replace(`{${name}}`, encodeURIComponent(String(params[name]))),
      route.path as string,
    );
    const url = new URL(path.slice(1), this.options.baseUrl.replace(/\/*$/, '/'));
    for (const [name, value] of Object.entries(input.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    return url;
  }
}

const APPLICATION = [...PRODUCT_ROUTES, ...ORDER_ROUTES] as const;
const CONTROL = [...REGISTRATION_ROUTES, ...TENANT_ROUTES] as const;

/** The application plane's API of one deployment. */
export type ApplicationApi = ApiClient<typeof APPLICATION>;
/** The control plane's API. */
export type ControlApi = ApiClient<typeof CONTROL>;

export function applicationApi(options: ApiClientOptions): ApplicationApi {
  return new ApiClient(APPLICATION, options);
}

export function controlApi(options: ApiClientOptions): ControlApi {
  return new ApiClient(CONTROL, options);
}

/** Pages that are read before a list counts as endless. */
const MAXIMUM_PAGES = 1000;

/** Every item of a list. @param read reads one page */
export async function allPages<Item>(
  read: (query: {
    readonly limit: number;
    readonly nextToken?: string;
  }) => Promise<{ readonly items: readonly Item[]; readonly nextToken?: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAXIMUM_PAGES; page += 1) {
    const answer = await read({ limit: 100, ...(nextToken === undefined ? {} : { nextToken }) });
    items.push(...answer.items);
    nextToken = answer.nextToken;
    if (nextToken === undefined) return items;
  }
  throw new CliError(`a list did not end within ${MAXIMUM_PAGES} pages`);
}

function failure(route: Route, status: number, text: string): ApiError {
  const problem = problemSchema.safeParse(jsonOf(text));
  if (problem.success) {
    const { title, detail } = problem.data;
    return new ApiError(route.operation, status, `${status} ${title}: ${detail}`, problem.data);
  }
  return new ApiError(route.operation, status, `${status} ${text.slice(0, 200) || '(no body)'}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
