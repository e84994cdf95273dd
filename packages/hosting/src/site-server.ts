import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HostingError } from './errors';
import { cacheControl, contentType } from './file-headers';
import { pagePath } from './page-path';
import { securityHeaders } from './security-headers';
import { CONFIG_PATH, type Site } from './site';
import type { SiteFiles } from './site-files';

export interface SiteServerOptions {
  readonly site: Site;
  /** The build. */
  readonly files: SiteFiles;
  /** What `/config.json` answers, asked for each request. */
  readonly config: () => unknown | Promise<unknown>;
  /** Origins that the pages may call. */
  readonly connect: readonly string[];
  /** Tried first; one that is taken gives way to a free one. @default a free one */
  readonly port?: number;
}

/** Names of this machine. Tenants' pages may be asked for by a name below `localhost`, as by a subdomain on AWS. */
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|[a-z0-9-]+\.localhost)(:\d+)?$/;

/** One site on loopback, with the routing and headers that CloudFront gives it on AWS. */
export class SiteServer {
  private readonly headers: Readonly<Record<string, string>>;

  private constructor(
    private readonly server: Server,
    private readonly options: SiteServerOptions,
  ) {
    this.headers = securityHeaders({ connect: options.connect, https: false });
  }

  /** @throws HostingError when the build lacks a page of the site */
  static async start(options: SiteServerOptions): Promise<SiteServer> {
    const { site, files, port = 0 } = options;
    for (const { page } of site.entries)
      if (!(await files.read(page)))
        throw new HostingError(`${files.name} has no "${page}": build the pages first`);
    const server = createServer();
    const serving = new SiteServer(server, options);
    server.on('request', (request, response) => {
      serving.answer(request, response).catch(() => refuse(response, 500, 'the file cannot be read'));
    });
    await listen(server, port).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || port === 0) throw error;
      return listen(server, 0);
    });
    return serving;
  }

  /** Without a path: `http://localhost:4581`. */
  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A name that a stranger's DNS points at loopback is turned away.
    if (!LOCAL_HOST.test(request.headers.host ?? '')) return refuse(response, 421, 'ask for localhost');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'pages are read only', { allow: 'GET, HEAD' });
    const path = pathOf(request.url);
    if (path === undefined) return refuse(response, 400, 'the path cannot be read');
    const served = pagePath(this.options.site.entries, path);
    if (served === CONFIG_PATH) {
      const text = JSON.stringify(await this.options.config());
      return this.send(request, response, CONFIG_PATH, Buffer.from(text));
    }
    const content = await this.options.files.read(served.slice(1));
    if (!content) return refuse(response, 404, `there is no "${served}"`, this.headers);
    this.send(request, response, served, content);
  }

  private send(
    { method }: IncomingMessage,
    response: ServerResponse,
    path: string,
    content: Uint8Array,
  ): void {
    response.writeHead(200, {
      ...this.headers,
      'content-type': contentType(path),
      'content-length': content.byteLength,
      'cache-control': path === CONFIG_PATH ? 'no-store' : cacheControl(path),
    });
    response.end(method === 'HEAD' ? undefined : content);
  }
}

/** Decoded once; undefined for what no file may be called. */
function pathOf(url = '/'): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] as string);
    return path.startsWith('/') && !path.includes('\0') && !path.includes('\\') ? path : undefined;
  } catch {
    return undefined;
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function refuse(
  response: ServerResponse,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(`${detail}\n`);
}
