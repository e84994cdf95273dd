import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderFiles } from './folder-files';
import { SITES } from './site';
import { SiteServer } from './site-server';

let folder: string;
let server: SiteServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'granary-site-'));
  const build = join(folder, 'build');
  await mkdir(join(build, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'classified');
  await writeFile(join(build, 'tenant.html'), 'tenant');
  await writeFile(join(build, 'sign-up.html'), 'sign-up');
  await writeFile(join(build, 'assets', 'main-1.js'), 'main');
  await symlink(join(folder, 'secret.txt'), join(build, 'assets', 'link.txt'));
  server = await SiteServer.start({
    site: SITES.application,
    files: folderFiles(build),
    config: () => ({ apiUrl: 'http://127.0.0.1:1/' }),
    connect: ['http://127.0.0.1:1'],
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The path as it is written: `fetch` would tidy it up. */
function ask(path: string, options: { method?: string; host?: string } = {}): Promise<Answer> {
  const { port } = new URL(server.origin);
  const headers = { host: options.host ?? `localhost:${port}` };
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += String(chunk);
        });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      },
    );
    call.on('error', reject);
    call.end();
  });
}

test('a deep link is answered by the page that serves it', async () => {
  expect((await ask('/orders/o-1?page=2')).body).toBe('tenant');
  expect((await ask('/sign-up/r-1')).body).toBe('sign-up');
});

test('assets are kept for good, pages and settings are not', async () => {
  const kept = async (path: string) => (await ask(path)).headers['cache-control'];
  expect(await kept('/assets/main-1.js')).toBe('public, max-age=31536000, immutable');
  expect(await kept('/')).toBe('no-cache');
  expect(await kept('/config.json')).toBe('no-store');
});

test('the settings are the deployment’s', async () => {
  const { headers, body } = await ask('/config.json');
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(body)).toEqual({ apiUrl: 'http://127.0.0.1:1/' });
});

test('every page is confined: own scripts only, no frame, calls to the named origin', async () => {
  const { headers } = await ask('/');
  const policy = headers['content-security-policy'];
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:1;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/..\\..\\secret.txt',
  '/assets/link.txt',
  '/assets/%00',
  '/assets/%',
])('nothing outside the build is served: %s', async (path) => {
  const { status, body } = await ask(path);
  expect(body).not.toContain('classified');
  // A path that leaves the build has no file: it is a page's own, or nothing.
  expect(status === 200 ? body : status).toEqual(status === 200 ? 'tenant' : expect.any(Number));
});

test('an asset that is not there is missing, not a page', async () => {
  expect((await ask('/assets/gone-2.js')).status).toBe(404);
});

test.each(['evil.example.com', 'localhost.evil.example.com', '10.0.0.1:80'])(
  'a request for the host "%s" is turned away',
  async (host) => {
    expect((await ask('/', { host })).status).toBe(421);
  },
);

test('a tenant’s name below localhost is a name of this machine', async () => {
  expect((await ask('/', { host: 'acme.localhost:4581' })).status).toBe(200);
});

test('pages are read, nothing else', async () => {
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test('a port that is taken gives way to a free one', async () => {
  const { port } = new URL(server.origin);
  const second = await SiteServer.start({
    site: SITES.application,
    files: folderFiles(join(folder, 'build')),
    config: () => ({}),
    connect: [],
    port: Number(port),
  });
  expect(second.origin).not.toBe(server.origin);
  await second.close();
});

test('a build without the pages is refused by name', async () => {
  const options = {
    site: SITES.control,
    files: folderFiles(join(folder, 'build')),
    config: () => ({}),
    connect: [],
  };
  await expect(SiteServer.start(options)).rejects.toThrow(/has no "operator.html"/);
});
