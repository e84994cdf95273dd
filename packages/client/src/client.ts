import {
  APPLICATION_ROUTES,
  type ApplicationRoute,
  CONTROL_ROUTES,
  type ControlRoute,
  entityTag,
  pathParameters,
  problemSchema,
  type Route,
} from '@granary/api';
import { errorClass, NoAnswerError, UnexpectedAnswerError } from './api-error';
import { RETRY, type Retry, retryAfterSeconds, waitBefore } from './retry';
import type { Answer, AnyInput, CallOptions, Client } from './route-call';

export interface ClientOptions {
  /** The API's URL, with or without a slash at the end. */
  readonly baseUrl: string;
  /** Bearer token, or what gives one before each call. @default none: public routes only */
  readonly token?: string | (() => string | Promise<string>);
  /** Of one attempt. @default 30 000 */
  readonly timeoutMs?: number;
  /** @default the global one */
  readonly fetch?: typeof fetch;
  /** For GET, PUT and DELETE when the API answers 429 or 503; null sends each once. @default RETRY */
  readonly retry?: Partial<Retry> | null;
}

/** The control plane's API. */
export type ControlClient = Client<ControlRoute>;
/** The application plane's API of one deployment. */
export type ApplicationClient = Client<ApplicationRoute>;

export function controlClient(options: ClientOptions): ControlClient {
  return createClient(CONTROL_ROUTES as readonly ControlRoute[], options);
}

export function applicationClient(options: ClientOptions): ApplicationClient {
  return createClient(APPLICATION_ROUTES as readonly ApplicationRoute[], options);
}

/** A function for each route, by the name of its operation. They throw an ApiError. */
export function createClient<R extends Route>(routes: readonly R[], options: ClientOptions): Client<R> {
  const operations = routes.map((route) => {
    const answer = (input: AnyInput = {}, call: CallOptions = {}) => ask(route, input, call, options);
    const result = async (input?: AnyInput, call?: CallOptions) => (await answer(input, call)).data;
    return [route.operation, Object.assign(result, { answer })] as const;
  });
  return Object.fromEntries(operations) as unknown as Client<R>;
}

const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE']);

async function ask(
  route: Route,
  input: AnyInput,
  call: CallOptions,
  options: ClientOptions,
): Promise<Answer<unknown>> {
  const retry = options.retry === null ? { ...RETRY, attempts: 1 } : { ...RETRY, ...options.retry };
  const attempts = REPEATABLE.has(route.method) ? retry.attempts : 1;
  for (let attempt = 1; ; attempt += 1) {
    const response = await send(route, input, call, options);
    const etag = response.headers.get('etag');
    const about = { status: response.status, ...(etag ? { etag } : {}) };
    if (response.status === 304) return { ...about, unchanged: true };
    const text = await response.text().catch((cause) => unanswered(route, cause));
    if (response.ok) return { ...about, unchanged: false, data: parsed(route, response.status, text) };
    const error = failure(route, response, text);
    const wait = waitBefore(error, attempt, { ...retry, attempts });
    if (wait === undefined) throw error;
    await retry.pause(wait, call.signal).catch((cause) => unanswered(route, cause));
  }
}

async function send(
  route: Route,
  { params = {}, query = {}, body, version }: AnyInput,
  { signal, ifNoneMatch }: CallOptions,
  { baseUrl, token, timeoutMs = 30_000, fetch: request = fetch }: ClientOptions,
): Promise<Response> {
  const bearer = typeof token === 'function' ? await token() : token;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await request(urlOf(route, params, query, baseUrl), {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined
          ? {}
          : { 'if-match': typeof version === 'number' ? entityTag(version) : version }),
        ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (cause) {
    return unanswered(route, cause);
  }
}

function unanswered(route: Route, cause: unknown): never {
  const reason = (cause as Error | undefined)?.cause ?? cause;
  throw new NoAnswerError(
    route.operation,
    0,
    `no answer: ${(reason as Error | undefined)?.message ?? String(reason)}`,
    { cause },
  );
}

function urlOf(route: Route, params: object, query: object, baseUrl: string): URL {
  const values = params as Readonly<Record<string, unknown>>;
  const path = pathParameters(route.path).reduce(
    (filled, name) => filled.replace(`{${name}}`, () => encodeURIComponent(String(values[name]))),
    route.path as string,
  );
  const url = new URL(`${baseUrl.replace(/\/*$/, '')}${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function parsed(route: Route, status: number, text: string): unknown {
  if (!route.response) return undefined;
  const answer = route.response.safeParse(jsonOf(text));
  if (answer.success) return answer.data;
  const where = answer.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new UnexpectedAnswerError(
    route.operation,
    status,
    `the answer does not fit its schema: ${where.join('; ')}`,
  );
}

function failure(route: Route, { status, headers }: Response, text: string) {
  const retryAfter = retryAfterSeconds(headers.get('retry-after'));
  const document = problemSchema.safeParse(jsonOf(text));
  const Failure = errorClass(status);
  if (!document.success)
    return new Failure(route.operation, status, `${status} ${text.slice(0, 200) || '(no body)'}`, {
      retryAfter,
    });
  const { title, detail } = document.data;
  return new Failure(route.operation, status, `${status} ${title}: ${detail}`, {
    problem: document.data,
    retryAfter,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
