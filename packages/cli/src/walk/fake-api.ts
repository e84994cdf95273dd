import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: unknown;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** An API on loopback whose answers a test makes up. */
export class FakeApi {
  readonly requests: FakeRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(answer: (request: FakeRequest) => FakeAnswer): Promise<FakeApi> {
    const server = createServer((incoming, response) => {
      let text = '';
      incoming.on('data', (chunk) => {
        text += String(chunk);
      });
      incoming.on('end', () => {
        const { method = 'GET', url = '/' } = incoming;
        const request = { method, path: url, body: text === '' ? undefined : JSON.parse(text) };
        api.requests.push(request);
        const { status, body } = answer(request);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const api = new FakeApi(server, `http://127.0.0.1:${port}/`);
    return api;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** A problem document. */
export function problem(status: number, title: string, detail = title): FakeAnswer {
  return { status, body: { type: 'urn:test', title, status, detail } };
}
