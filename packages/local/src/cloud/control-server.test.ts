import { request } from 'node:http';
import { ControlServer, type ControlTarget } from './control-server';

const target: ControlTarget = {
  status: async () => ({ state: 'ready' }) as never,
  release: async () => ({ id: '1' }) as never,
  runs: async () => [],
  decide: () => {
    throw new Error('no approval waits for a decision (waiting: none)');
  },
  injectFaults: async (faults) => faults.length,
  sentMails: async () => [],
  retry: async () => ({ id: '1' }) as never,
  requestStop: () => undefined,
  subscribe: () => () => undefined,
};

let server: ControlServer;
let port: number;

beforeEach(async () => {
  server = new ControlServer(target);
  port = await server.listen();
});

afterEach(() => server.close());

const call = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    sent.on('error', reject);
    sent.end(body);
  });

const token = () => ({ authorization: `Bearer ${server.token}` });

const REQUESTS = [
  { why: 'no token', headers: () => ({}), status: 401 },
  { why: 'a wrong token', headers: () => ({ authorization: `Bearer ${'x'.repeat(32)}` }), status: 401 },
  {
    why: 'a name that a page made resolve to loopback',
    headers: () => ({ ...token(), host: 'evil.example' }),
    status: 401,
  },
  { why: 'the token', headers: token, status: 200 },
];

test.each(REQUESTS)('a request with $why is answered $status', async ({ headers, status }) => {
  expect((await call('GET', '/status', headers()))[0]).toBe(status);
});

test('a commit that is no sha, a body that is too long and a path that is nobody are turned down', async () => {
  expect((await call('POST', '/pushes', token(), '{"commit":"--upload-pack=x"}'))[0]).toBe(400);
  expect((await call('POST', '/pushes', token(), 'x'.repeat(20_000)))[1]).toContain(
    'longer than 16384 bytes',
  );
  expect((await call('GET', '/nobody', token()))[0]).toBe(404);
});

test('an answer to an approval that does not wait says what waits', async () => {
  const answer = await call('POST', '/approvals', token(), '{"decision":"approve"}');
  expect(answer).toEqual([400, expect.stringContaining('waiting: none')]);
});
