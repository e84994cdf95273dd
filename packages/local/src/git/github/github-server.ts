import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { BareRepository, StaleError } from './bare-repository';
import { type CallAnswer, GithubAnswers } from './github-answers';
import { PullRequests } from './pull-requests';

/** A manifest of the largest size, in base64 and JSON. */
const BODY_LIMIT = 96 * 1024 * 1024;

export interface GithubServerOptions {
  /** The bare repository's folder. */
  readonly folder: string;
  /** What the calls name it by. */
  readonly owner: string;
  readonly repository: string;
  /** A branch has a new commit, by a write or a merge. */
  readonly onCommit: (branch: string, commit: string) => Promise<void>;
}

/** The local remote as GitHub's REST API: on loopback, for whoever has the token of this start. */
export class GithubServer {
  readonly token = randomBytes(24).toString('base64url');
  private readonly server: Server;
  private answers: GithubAnswers | undefined;
  /** One change at a time, as the pull requests' file needs it. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: GithubServerOptions) {
    this.server = createServer((request, response) => {
      this.serve(request).then(
        ({ status, body }) => send(response, status, body),
        (error) => send(response, ...refusalOf(error)),
      );
    });
  }

  /** @returns the address that the calls' paths follow */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const apiUrl = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const { folder, owner, repository, onCommit } = this.options;
    this.answers = new GithubAnswers({
      repository: new BareRepository(folder),
      pulls: new PullRequests(folder),
      pages: `${apiUrl}/${owner}/${repository}`,
      onCommit,
    });
    return apiUrl;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage): Promise<CallAnswer> {
    if (!this.isAuthorized(request)) return { status: 401, body: { message: 'Bad credentials' } };
    const { owner, repository } = this.options;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const root = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repository)}`;
    if (!url.pathname.startsWith(`${root}/`)) return { status: 404, body: { message: 'Not Found' } };
    const body = await readJson(request);
    const call = {
      method: request.method ?? 'GET',
      path: url.pathname.slice(root.length),
      query: url.searchParams,
      body,
    };
    const turn = this.last.then(() => this.answers?.answer(call));
    this.last = turn.catch(() => undefined);
    return (await turn) ?? { status: 503, body: { message: 'not listening' } };
  }

  private isAuthorized(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.token}`);
    // A page in a browser that resolves a name to loopback is turned away by both.
    const host = request.headers.host ?? '';
    return host.startsWith('127.0.0.1:') && given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

function refusalOf(error: unknown): [status: number, body: object] {
  if (error instanceof StaleError) return [409, { message: error.message }];
  if (error instanceof z.ZodError)
    return [422, { message: 'Validation Failed', errors: error.issues.map(({ message }) => message) }];
  if (error instanceof SyntaxError) return [400, { message: 'Problems parsing JSON' }];
  return [500, { message: (error as Error).message }];
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > BODY_LIMIT) throw new SyntaxError('too long');
  }
  return length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
