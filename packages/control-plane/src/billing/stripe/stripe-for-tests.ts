import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { stripeClient } from '../open-billing';

/** A request as Stripe got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
}

export interface StripeAnswer {
  readonly status?: number;
  readonly body: object;
  /** Whether the work is done and the connection lost. @default false */
  readonly lost?: boolean;
}

/**
 * A server that answers as Stripe does: by idempotency key, it answers the same again without doing it again, and
 * refuses the key with other parameters.
 */
export class StripeForTests {
  /** What was really done, in order. */
  readonly done: Asked[] = [];
  /** Every request, repetitions too. */
  readonly asked: Asked[] = [];
  private readonly kept = new Map<string, { readonly text: string; readonly answer: StripeAnswer }>();

  private constructor(
    private readonly server: Server,
    private readonly work: (asked: Asked) => StripeAnswer,
  ) {}

  static async start(work: (asked: Asked) => StripeAnswer): Promise<StripeForTests> {
    const server = createServer();
    const stripe = new StripeForTests(server, work);
    server.on('request', async (request, response) => {
      const text = Buffer.concat(await request.toArray()).toString();
      const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const form = Object.fromEntries([...searchParams, ...new URLSearchParams(text)]);
      const asked = { method: request.method ?? '', path, form, headers: request.headers };
      const answer = stripe.answer(asked, text);
      if (answer.lost) request.socket.destroy();
      else
        response
          .writeHead(answer.status ?? 200, { 'content-type': 'application/json', 'request-id': 'req_1' })
          .end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stripe;
  }

  client(): Stripe {
    const { port } = this.server.address() as AddressInfo;
    return stripeClient('rk_test_key', { host: '127.0.0.1', port, protocol: 'http' });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(asked: Asked, text: string): StripeAnswer {
    this.asked.push(asked);
    const key = asked.headers['idempotency-key'];
    const known = typeof key === 'string' ? this.kept.get(key) : undefined;
    if (known && known.text !== text)
      return { status: 400, body: { error: { type: 'idempotency_error', message: 'other parameters' } } };
    if (known) return known.answer;
    const answer = this.work(asked);
    const done = (answer.status ?? 200) < 400;
    if (done) this.done.push(asked);
    if (done && typeof key === 'string') this.kept.set(key, { text, answer: { ...answer, lost: false } });
    return answer;
  }
}
