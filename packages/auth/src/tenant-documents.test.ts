import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TenantCredentials } from './authorizer-context';
import { tenantDocuments } from './tenant-documents';

const session = (name: string): TenantCredentials => ({
  accessKeyId: `ASIA${name}`,
  secretAccessKey: 'secret',
  sessionToken: `token-of-${name}`,
  expiresAt: new Date(Date.now() + 3_600_000),
});

const before = { ...process.env };
let server: Server;
let connections: number;
let requests: IncomingMessage[];

beforeEach(async () => {
  connections = 0;
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIAFUNCTION',
    AWS_SECRET_ACCESS_KEY: 'function-secret',
  });
});

afterEach(async () => {
  process.env = { ...before };
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const read = new GetCommand({ TableName: 'products', Key: { pk: 'TENANT#acme#0', sk: 'x' } });

it("a tenant's requests are signed by the tenant's session, never by the function's own role", async () => {
  const documents = tenantDocuments();
  await documents(session('ACME')).send(read);
  await documents(session('GLOBEX')).send(read);
  expect(requests.map(({ headers }) => headers['x-amz-security-token'])).toEqual([
    'token-of-ACME',
    'token-of-GLOBEX',
  ]);
  for (const { headers } of requests) expect(headers.authorization).not.toContain('AKIAFUNCTION');
});

it('sessions share their connections', async () => {
  const documents = tenantDocuments();
  for (const name of ['ACME', 'GLOBEX', 'INITECH']) await documents(session(name)).send(read);
  expect(connections).toBe(1);
});

it('a session keeps its client, and a forgotten one still works', async () => {
  const documents = tenantDocuments({ capacity: 1 });
  const acme = documents(session('ACME'));
  expect(documents(session('ACME'))).toBe(acme);
  documents(session('GLOBEX'));
  expect(documents(session('ACME'))).not.toBe(acme);
  await expect(acme.send(read)).resolves.toBeDefined();
});
