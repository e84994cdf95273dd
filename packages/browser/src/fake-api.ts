import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  APPLICATION_ROUTES,
  CONTROL_ROUTES,
  InternalProblem,
  NotFoundProblem,
  ProblemError,
  pathParameters,
  type Route,
  UnauthenticatedProblem,
} from '@granary/api';

/** What a page sent to one operation, parsed as the service would. */
export interface FakeCall {
  readonly operation: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Lower-case names. */
  readonly headers: IncomingHttpHeaders;
}

/** The answer of an operation: its result, or what it throws. */
export type FakeOperation = (call: FakeCall) => unknown;

/** By the operation's name. An operation that is not there is answered with 404. */
export type FakeOperations = Readonly<Record<string, FakeOperation>>;

export interface FakeApiOptions {
  readonly control?: FakeOperations;
  readonly application?: FakeOperations;
  /** Answers what is posted to the root: the user pool. @default refuses */
  readonly userPool?: (target: string, input: unknown) => unknown;
}

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag,Retry-After',
  'cache-control': 'no-store',
};
const PREFLIGHT = {
  ...HEADERS,
  'access-control-allow-headers': '*, authorization',
  'access-control-allow-methods': 'GET,POST,PUT,DELETE,OPTIONS',
};

/**
 * Both planes' APIs and a user pool on one loopback port, made from the route tables: a path or a request that no
 * table has is refused as the real ones do, and an answer that its schema refuses is a fault of the test.
 */
export class FakeApi {
  /** What was asked, in order. */
  readonly calls: FakeCall[] = [];
  /** Answers of the test that no schema allows. */
  readonly faults: string[] = [];
  /** Operations that a page asked for and the test has no answer to. */
  readonly unanswered = new Set<string>();

  private constructor(
    private readonly server: Server,
    private options: FakeApiOptions,
  ) {}

  static async start(options: FakeApiOptions): Promise<FakeApi> {
    const server = createServer();
    const api = new FakeApi(server, options);
    server.on('request', (request, response) => void api.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  /** Without a slash at the end. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get controlUrl(): string {
    return `${this.origin}/control/`;
  }

  get applicationUrl(): string {
    return `${this.origin}/application/`;
  }

  /** Other answers from now on, for the operations named. */
  change({ control, application, userPool }: FakeApiOptions): void {
    this.options = {
      control: { ...this.options.control, ...control },
      application: { ...this.options.application, ...application },
      ...((userPool ?? this.options.userPool) ? { userPool: userPool ?? this.options.userPool } : {}),
    } as FakeApiOptions;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    if (request.method === 'OPTIONS') return end(response, 204, undefined, PREFLIGHT);
    try {
      if (request.method === 'POST' && request.url === '/')
        return this.answerUserPool(request, response, text);
      const { status, body } = this.serve(request, text);
      end(response, status, body);
    } catch (error) {
      const problem = error instanceof ProblemError ? error : new InternalProblem();
      if (problem !== error)
        this.faults.push(`${request.method} ${request.url}: ${(error as Error).message}`);
      end(response, problem.status, problem.toProblem('fake-request'), {
        ...problem.headers,
        'content-type': 'application/problem+json',
      });
    }
  }

  private serve(request: IncomingMessage, text: string): { readonly status: number; readonly body: unknown } {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, plane, ...rest] = url.pathname.split('/');
    const isControl = plane === 'control';
    const routes: readonly Route[] = isControl ? CONTROL_ROUTES : APPLICATION_ROUTES;
    const found = match(routes, request.method ?? 'GET', `/${rest.join('/')}`);
    if (!found) throw new NotFoundProblem('there is no such route');
    const { route, values } = found;
    if (route.access !== 'public' && !request.headers.authorization?.startsWith('Bearer '))
      throw new UnauthenticatedProblem('sign in and send the id token as a bearer token');
    const operation = this.options[isControl ? 'control' : 'application']?.[route.operation];
    const call: FakeCall = {
      operation: route.operation,
      params: parse(route.params, values),
      query: parse(route.query, Object.fromEntries(url.searchParams)),
      body: route.body?.parse(JSON.parse(text || 'null')),
      headers: request.headers,
    };
    this.calls.push(call);
    if (!operation) this.unanswered.add(route.operation);
    if (!operation) throw new NotFoundProblem(`the test has no answer for "${route.operation}"`);
    const result = operation(call);
    return { status: route.success, body: route.response?.parse(result) };
  }

  private answerUserPool(request: IncomingMessage, response: ServerResponse, text: string): void {
    const target =
      String(request.headers['x-amz-target'] ?? '')
        .split('.')
        .pop() ?? '';
    const type = { 'content-type': 'application/x-amz-json-1.1' };
    try {
      end(response, 200, this.options.userPool?.(target, JSON.parse(text)) ?? {}, type);
    } catch (error) {
      const { name, message } = error as Error;
      end(response, 400, { __type: name, message }, type);
    }
  }
}

function match(routes: readonly Route[], method: string, path: string) {
  for (const route of routes) {
    if (route.method !== method) continue;
    const names = pathParameters(route.path);
    const found = new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (!found) continue;
    const values = names.map((name, index) => [name, decodeURIComponent(found[index + 1] as string)]);
    return { route, values: Object.fromEntries(values) as Record<string, string> };
  }
  return undefined;
}

function parse(schema: Route['params'], values: object): Readonly<Record<string, unknown>> {
  return schema ? schema.parse(values) : {};
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function end(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const version = (body as { readonly version?: unknown } | undefined)?.version;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...HEADERS,
    ...(typeof version === 'number' ? { etag: `"${version}"` } : {}),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
