import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type InjectedFault, injectedFaultSchema } from '../engine/injected-fault';
import type { SentMail } from '../engine/sent-mail';
import type { PendingApproval } from '../pipeline/approvals';
import type { RetryMode } from '../pipeline/condition';
import { messageOf } from '../pipeline/errors';
import type { ApprovalDecision } from '../pipeline/providers/approval';
import type { EventListener } from '../pipeline/run-event';
import type { RunRecord } from '../pipeline/run-record';
import type { CloudStatus } from './cloud-status';
import { RunFollower } from './run-follower';

/** What the control channel can ask of the local cloud. */
export interface ControlTarget {
  status(): Promise<CloudStatus>;
  /** Queues a release of a commit that the remote has. */
  release(commit: string): Promise<RunRecord>;
  runs(): Promise<readonly RunRecord[]>;
  decide(action: string | undefined, decision: ApprovalDecision): PendingApproval;
  /** Runs a failed stage again. @param run the newest that failed there unless given */
  retry(run: string | undefined, stage: string, mode: RetryMode): Promise<RunRecord>;
  /** Lets things go wrong on purpose. @returns errors of those before that nobody has met */
  injectFaults(faults: readonly InjectedFault[]): Promise<number>;
  /** The oldest first. */
  sentMails(): Promise<readonly SentMail[]>;
  /** Begins to stop; returns before it has stopped. */
  requestStop(): void;
  /** @returns ends the subscription */
  subscribe(listener: EventListener): () => void;
}

const BODY_LIMIT = 16 * 1024;
const push = z.object({ commit: z.string().regex(/^[0-9a-f]{40,64}$/) });
const approval = z.object({
  action: z.string().optional(),
  decision: z.enum(['approve', 'reject']),
  comment: z.string().max(1000).optional(),
});
const faults = z.object({ faults: z.array(injectedFaultSchema).max(20) });
const retry = z.object({
  run: z.string().optional(),
  stage: z.string(),
  mode: z.enum(['FAILED_ACTIONS', 'ALL_ACTIONS']),
});

/** The daemon's door for the git hook and the command line: loopback, one token, JSON and NDJSON. */
export class ControlServer {
  readonly token = randomBytes(24).toString('base64url');
  private readonly server: Server;

  constructor(private readonly target: ControlTarget) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error) => send(response, 400, { message: messageOf(error) }));
    });
  }

  /** @returns the port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.isAuthorized(request)) return send(response, 401, { message: 'the token is missing or wrong' });
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /status':
        return send(response, 200, await this.target.status());
      case 'GET /runs':
        return send(response, 200, await this.target.runs());
      case 'GET /mails':
        return send(response, 200, await this.target.sentMails());
      case 'GET /events':
        return this.stream(response, () => true);
      case 'POST /pushes':
        return this.push(push.parse(await readJson(request)).commit, url, response);
      case 'POST /approvals': {
        const { action, ...decision } = approval.parse(await readJson(request));
        return send(response, 200, this.target.decide(action, decision));
      }
      case 'POST /retries': {
        const { run, stage, mode } = retry.parse(await readJson(request));
        return send(response, 202, await this.target.retry(run, stage, mode));
      }
      case 'POST /faults': {
        const left = await this.target.injectFaults(faults.parse(await readJson(request)).faults);
        return send(response, 200, { left });
      }
      case 'POST /stop':
        send(response, 202, { message: 'stopping' });
        return this.target.requestStop();
      default:
        return send(response, 404, { message: `nothing answers ${request.method} ${url.pathname}` });
    }
  }

  private async push(commit: string, url: URL, response: ServerResponse): Promise<void> {
    if (url.searchParams.get('follow') !== 'true')
      return send(response, 202, await this.target.release(commit));
    const early: Parameters<EventListener>[0][] = [];
    // The first events come before the record does.
    const stop = this.target.subscribe((event) => early.push(event));
    try {
      const follower = new RunFollower((await this.target.release(commit)).id);
      this.stream(response, (event) => follower.accept(event), early);
    } finally {
      stop();
    }
  }

  /** Streams events as NDJSON until `accept` says that one was the last, or the client leaves. */
  private stream(
    response: ServerResponse,
    accept: (event: Parameters<EventListener>[0]) => ReturnType<RunFollower['accept']> | boolean,
    early: readonly Parameters<EventListener>[0][] = [],
  ): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    response.flushHeaders();
    let stop: () => void = () => undefined;
    const pass: EventListener = (event) => {
      const verdict = accept(event);
      if (verdict === 'not-mine' || verdict === false) return;
      response.write(`${JSON.stringify(event)}\n`);
      if (verdict !== 'last') return;
      stop();
      response.end();
    };
    stop = this.target.subscribe(pass);
    response.on('close', () => stop());
    for (const event of early) pass(event);
  }

  private isAuthorized(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.token}`);
    // A page in a browser that resolves a name to loopback is turned away by both.
    const host = request.headers.host ?? '';
    return host.startsWith('127.0.0.1:') && given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_LIMIT) throw new Error(`the request is longer than ${BODY_LIMIT} bytes`);
  }
  return JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
